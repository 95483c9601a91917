namespace WildNOut.Actors.Users;

/// <summary>What a user did, in numbers; each deed is counted once.</summary>
public sealed record Counters
{
    /// <summary>Nothing yet.</summary>
    public static readonly Counters None = new();

    /// <summary>Battles entered.</summary>
    public long Entries { get; init; }

    /// <summary>Battles entered that have their results.</summary>
    public long Battles { get; init; }

    /// <summary>Battles won: rank 1 of a completed battle.</summary>
    public long Wins { get; init; }

    /// <summary>Votes cast.</summary>
    public long Votes { get; init; }

    /// <summary>Things published.</summary>
    public long Contents { get; init; }

    /// <summary>Comments written.</summary>
    public long Comments { get; init; }

    /// <summary>Reactions to what is theirs.</summary>
    public long Reactions { get; init; }

    /// <summary>Followers ever gained.</summary>
    public long Followers { get; init; }

    /// <summary>The most whole tokens ever verified.</summary>
    public long Tokens { get; init; }

    /// <summary>Days in a row up to the last day seen.</summary>
    public long Streak { get; init; }

    /// <summary>The most days in a row.</summary>
    public long LongestStreak { get; init; }

    /// <summary>The last day seen, in days since 1970; null before the first.</summary>
    public int? LastDay { get; init; }

    /// <summary>Battles won of those completed, in whole percent rounded down.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int WinRate => Battles == 0 ? 0 : (int)(Wins * 100 / Battles);

    /// <summary>The counters after a deed that counts.</summary>
    public Counters After(Deed deed) => deed.Kind switch
    {
        DeedKind.EntrySubmitted => this with { Entries = Entries + 1 },
        DeedKind.BattleCompleted => this with { Battles = Battles + 1, Wins = Wins + (deed.Rank == 1 ? 1 : 0) },
        DeedKind.VoteCast => this with { Votes = Votes + 1 },
        DeedKind.ContentPublished => this with { Contents = Contents + 1 },
        DeedKind.CommentCreated => this with { Comments = Comments + 1 },
        DeedKind.ReactionReceived => this with { Reactions = Reactions + 1 },
        DeedKind.FollowerGained => this with { Followers = Followers + 1 },
        DeedKind.TokensHeld => this with { Tokens = Math.Max(Tokens, deed.Tokens ?? 0) },
        DeedKind.DaySeen => Seen(Days.Of(deed.At)),
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, "There is no such deed."),
    };

    /// <summary>A day that comes late, after a later one, is past: streaks only ever go on.</summary>
    private Counters Seen(int day)
    {
        if (day <= LastDay)
        {
            return this;
        }

        var streak = day == LastDay + 1 ? Streak + 1 : 1;
        return this with { LastDay = day, Streak = streak, LongestStreak = Math.Max(LongestStreak, streak) };
    }
}

/// <summary>Days of UTC as numbers.</summary>
internal static class Days
{
    /// <summary>Days since 1970.</summary>
    public static int Of(DateTimeOffset at) => (int)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalDays);
}
