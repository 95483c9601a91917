using LinqToDB.Mapping;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>How a person stands on every board, and what a board shows of them. Instants are unix milliseconds; a key is minus the points, 0 for whoever is not on the board.</summary>
[Table("leaderboard")]
public sealed record RankedRow
{
    /// <summary>Given in the order of joining, and never again.</summary>
    [Column("number"), PrimaryKey]
    public long Number { get; init; }

    /// <summary>The user.</summary>
    [Column("user_id")]
    public string UserId { get; init; } = "";

    /// <summary>As in the profile.</summary>
    [Column("username")]
    public string Username { get; init; } = "";

    /// <summary>As in the profile.</summary>
    [Column("display_name")]
    public string? DisplayName { get; init; }

    /// <summary>As in the profile.</summary>
    [Column("avatar_url")]
    public string? AvatarUrl { get; init; }

    /// <summary>Minus the balance.</summary>
    [Column("all_key")]
    public long AllKey { get; init; }

    /// <summary>When the balance became what it is.</summary>
    [Column("all_since")]
    public long AllSince { get; init; }

    /// <summary>Minus what came in the window of the day.</summary>
    [Column("day_key")]
    public long DayKey { get; init; }

    /// <summary>Minus what came in the window of the week.</summary>
    [Column("week_key")]
    public long WeekKey { get; init; }

    /// <summary>Minus what came in the window of the month.</summary>
    [Column("month_key")]
    public long MonthKey { get; init; }

    /// <summary>When points came last: every window that has any of a person's has these, and it was then that their sum there was reached.</summary>
    [Column("credited_at")]
    public long CreditedAt { get; init; }

    /// <summary>The place on a board; null for whoever is not on it.</summary>
    public Place? On(Board board) => Key(board) is < 0 and var key
        ? new Place(key, board == Board.All ? AllSince : CreditedAt, Number)
        : null;

    /// <summary>With points added to a window, or taken from it.</summary>
    public RankedRow Add(Board board, long points) => board switch
    {
        Board.Day => this with { DayKey = DayKey - points },
        Board.Week => this with { WeekKey = WeekKey - points },
        Board.Month => this with { MonthKey = MonthKey - points },
        _ => throw new ArgumentOutOfRangeException(nameof(board), board, "This board has no window."),
    };

    private long Key(Board board) => board switch
    {
        Board.All => AllKey,
        Board.Day => DayKey,
        Board.Week => WeekKey,
        _ => MonthKey,
    };
}

/// <summary>
/// A stretch of a board: the places after that of the stretch before it, up to and with its own last one. A rank is the sum of the stretches ahead and the place
/// within one's own.
/// </summary>
[Table("leaderboard_blocks")]
public sealed record BlockRow
{
    /// <summary>The board.</summary>
    [Column("board"), PrimaryKey(0)]
    public int Board { get; init; }

    /// <summary>Of the last place.</summary>
    [Column("key"), PrimaryKey(1)]
    public long Key { get; init; }

    /// <summary>Of the last place.</summary>
    [Column("since"), PrimaryKey(2)]
    public long Since { get; init; }

    /// <summary>Of the last place.</summary>
    [Column("number"), PrimaryKey(3)]
    public long Number { get; init; }

    /// <summary>How many stand in it.</summary>
    [Column("people")]
    public long People { get; init; }
}

/// <summary>A <see cref="Bucket"/> that is still in the window of the month.</summary>
[Table("leaderboard_buckets")]
public sealed record BucketRow
{
    /// <summary>The hour.</summary>
    [Column("hour"), PrimaryKey(0)]
    public long Hour { get; init; }

    /// <summary>The person.</summary>
    [Column("number"), PrimaryKey(1)]
    public long Number { get; init; }

    /// <summary>What came.</summary>
    [Column("credits")]
    public long Credits { get; init; }
}

/// <summary>How far each window has moved: the last bucket that has left it. Whoever writes standings holds this one row.</summary>
[Table("leaderboard_marks")]
public sealed record MarksRow
{
    /// <summary>Always 1.</summary>
    [Column("id"), PrimaryKey]
    public int Id { get; init; } = 1;

    /// <summary>The number of the next person.</summary>
    [Column("next_number")]
    public long NextNumber { get; init; } = 1;

    [Column("day_hour")]
    public long DayHour { get; init; }

    [Column("day_number")]
    public long DayNumber { get; init; }

    [Column("week_hour")]
    public long WeekHour { get; init; }

    [Column("week_number")]
    public long WeekNumber { get; init; }

    [Column("month_hour")]
    public long MonthHour { get; init; }

    [Column("month_number")]
    public long MonthNumber { get; init; }

    /// <summary>The last bucket that has left a window.</summary>
    public Bucket Left(Board board) => board switch
    {
        Board.Day => new Bucket(DayHour, DayNumber),
        Board.Week => new Bucket(WeekHour, WeekNumber),
        Board.Month => new Bucket(MonthHour, MonthNumber),
        _ => throw new ArgumentOutOfRangeException(nameof(board), board, "This board has no window."),
    };

    /// <summary>With another last bucket.</summary>
    public MarksRow Leave(Board board, Bucket last) => board switch
    {
        Board.Day => this with { DayHour = last.Hour, DayNumber = last.Number },
        Board.Week => this with { WeekHour = last.Hour, WeekNumber = last.Number },
        Board.Month => this with { MonthHour = last.Hour, MonthNumber = last.Number },
        _ => throw new ArgumentOutOfRangeException(nameof(board), board, "This board has no window."),
    };
}
