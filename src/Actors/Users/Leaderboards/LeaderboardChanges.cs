using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>What a run of events, or buckets that leave a window, change in the standings. Reads and writes nothing.</summary>
internal sealed class LeaderboardChanges
{
    private readonly Dictionary<long, RankedRow> _before;
    private readonly Dictionary<string, RankedRow> _now;
    private readonly Dictionary<Bucket, long> _credits = [];

    /// <summary>Nothing yet.</summary>
    /// <param name="marks">How far the windows have moved.</param>
    /// <param name="known">The standings of those who are concerned, as far as there are any.</param>
    public LeaderboardChanges(MarksRow marks, IReadOnlyList<RankedRow> known)
    {
        Marks = marks;
        _before = known.ToDictionary(row => row.Number);
        _now = known.ToDictionary(row => row.UserId, StringComparer.Ordinal);
    }

    /// <summary>How far the windows have moved now.</summary>
    public MarksRow Marks { get; private set; }

    /// <summary>New standings, and those that are others than before.</summary>
    public IEnumerable<RankedRow> Changed => _now.Values.Where(row => !_before.TryGetValue(row.Number, out var before) || before != row);

    /// <summary>Standings that end.</summary>
    public IEnumerable<long> Gone => _before.Keys.Except(_now.Values.Select(row => row.Number));

    /// <summary>What came into each bucket.</summary>
    public IReadOnlyDictionary<Bucket, long> Credits => _credits;

    /// <summary>Who is concerned by a run of events.</summary>
    public static IReadOnlyList<string> Touched(IReadOnlyList<JournalEvent> events) =>
        [.. events.Select(happened => happened.Event).OfType<IUserEvent>().Where(Matters).Select(e => e.UserId).Distinct(StringComparer.Ordinal)];

    /// <summary>The places that were left and taken on a board.</summary>
    public IEnumerable<(Place? From, Place? To)> Moves(Board board) =>
        Changed.Select(row => (_before.TryGetValue(row.Number, out var before) ? before.On(board) : null, row.On(board)))
            .Concat(Gone.Select(number => (_before[number].On(board), (Place?)null)))
            .Where(move => move.Item1 != move.Item2);

    /// <summary>Takes a run of events in.</summary>
    public void Apply(IReadOnlyList<JournalEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened.Event is IUserEvent e)
            {
                Apply(e);
            }
        }
    }

    /// <summary>Takes buckets out of a window.</summary>
    /// <param name="board">The window.</param>
    /// <param name="buckets">Those that leave, in their order.</param>
    /// <param name="last">Where the window is then.</param>
    public void Leave(Board board, IReadOnlyList<BucketRow> buckets, Bucket last)
    {
        foreach (var bucket in buckets)
        {
            // Whoever gave the account up has left the boards already.
            if (_before.TryGetValue(bucket.Number, out var person))
            {
                _now[person.UserId] = _now[person.UserId].Add(board, -bucket.Credits);
            }
        }

        Marks = Marks.Leave(board, last);
    }

    private static bool Matters(IUserEvent e) =>
        e is UserJoined or UserDeleted or PointsAwarded or PointsDeducted or UsernameSet or UsernameLost or ProfileUpdated;

    private void Apply(IUserEvent e)
    {
        if (e is UserJoined joined)
        {
            Join(joined);
        }
        else if (e is UserDeleted)
        {
            _now.Remove(e.UserId);
        }
        else if (_now.TryGetValue(e.UserId, out var row))
        {
            _now[e.UserId] = e switch
            {
                PointsAwarded award => Credit(row, award),
                PointsDeducted deduction => row with { AllKey = -deduction.Balance, AllSince = deduction.At.ToUnixTimeMilliseconds() },
                UsernameSet set => row with { Username = set.Username },
                UsernameLost => row with { Username = Usernames.Given(row.UserId) },
                ProfileUpdated profile => row with { DisplayName = profile.DisplayName, AvatarUrl = profile.AvatarUrl },
                _ => row,
            };
        }
    }

    private void Join(UserJoined joined)
    {
        if (_now.TryAdd(joined.UserId, new RankedRow { Number = Marks.NextNumber, UserId = joined.UserId, Username = joined.Username }))
        {
            Marks = Marks with { NextNumber = Marks.NextNumber + 1 };
        }
    }

    private RankedRow Credit(RankedRow row, PointsAwarded award)
    {
        var at = award.At.ToUnixTimeMilliseconds();
        var bucket = new Bucket(Boards.HourOf(award.At), row.Number);
        foreach (var board in Boards.Rolling.Where(board => bucket > Marks.Left(board)))
        {
            row = row.Add(board, award.Amount);
        }

        if (bucket > Marks.Left(Board.Month))
        {
            _credits[bucket] = _credits.GetValueOrDefault(bucket) + award.Amount;
        }

        return row with { AllKey = -award.Balance, AllSince = at, CreditedAt = at };
    }
}
