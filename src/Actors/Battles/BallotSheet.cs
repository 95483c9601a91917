namespace WildNOut.Actors.Battles;

/// <summary>The votes that one ballot box holds for one battle. Changes in place.</summary>
internal sealed class BallotSheet
{
    private readonly Dictionary<Guid, int> _lines;
    private readonly HashSet<string> _entrants;
    private readonly Dictionary<BallotDigest, int> _newest = [];
    private readonly VoteLog _votes = new();
    private readonly long[] _totals;
    private readonly long[] _voters;
    private readonly HashSet<Guid> _struck;

    public BallotSheet(BallotPaper paper)
    {
        Paper = paper;
        _lines = paper.Entries.Select((line, number) => (line.EntryId, number)).ToDictionary(pair => pair.EntryId, pair => pair.number);
        _entrants = paper.Entries.Select(line => line.UserId).ToHashSet(StringComparer.Ordinal);
        _struck = paper.Entries.Where(line => line.Struck).Select(line => line.EntryId).ToHashSet();
        _totals = new long[paper.Entries.Count];
        _voters = new long[paper.Entries.Count];
    }

    public BallotPaper Paper { get; }

    public bool Closed { get; set; }

    /// <summary>When the battle was last told of the count; see <see cref="BallotReports"/>.</summary>
    public DateTimeOffset ReportedAt { get; set; }

    public int VoteCount => _votes.Count;

    public IEnumerable<Guid> Struck => _struck;

    public BallotLine? Line(Guid entryId) => _lines.TryGetValue(entryId, out var number) ? Paper.Entries[number] : null;

    public bool IsStruck(Guid entryId) => _struck.Contains(entryId);

    public void Strike(Guid entryId) => _struck.Add(entryId);

    /// <summary>Voters who did not enter the battle.</summary>
    public long Newcomers { get; private set; }

    /// <summary>The place of a voter's newest vote; <see cref="Before"/> leads to the earlier ones. <see cref="VoteLog.None"/> when there is none.</summary>
    public int NewestOf(BallotDigest voter) => _newest.GetValueOrDefault(voter, VoteLog.None);

    /// <summary>The place of the same voter's vote before this one, or <see cref="VoteLog.None"/>.</summary>
    public int Before(int place) => _votes.Before(place);

    public ref readonly SheetVote VoteAt(int place) => ref _votes[place];

    /// <summary>Whether somebody entered the battle.</summary>
    public bool IsEntrant(string userId) => _entrants.Contains(userId);

    public void Add(VoteCast cast)
    {
        Newcomers += cast.Newcomer ? 1 : 0;
        Add(new SheetVote(
            BallotDigest.Of(cast.VoterId), _lines[cast.EntryId], cast.Value, cast.Weight, cast.At.ToUnixTimeMilliseconds(), BallotDigest.Of(cast.CommandId)));
    }

    public VoteReceipt Receipt(in SheetVote vote) =>
        new(Paper.BattleId, Paper.Entries[vote.Entry].EntryId, vote.Value, vote.Weight, DateTimeOffset.FromUnixTimeMilliseconds(vote.At));

    public BallotCount Count(int box)
    {
        // A node keeps one for each battle and box, so they are no longer than they must be.
        var entries = new EntryTally[_voters.Count(voters => voters > 0)];
        for (int number = 0, place = 0; place < entries.Length; number++)
        {
            if (_voters[number] > 0)
            {
                entries[place++] = new EntryTally(Paper.Entries[number].EntryId, _totals[number], _voters[number]);
            }
        }

        return new BallotCount(Paper.BattleId, box, VoteCount, Newcomers, entries);
    }

    /// <summary>The sheet as a snapshot keeps it; the votes are not copied.</summary>
    public SheetSnapshot Freeze() => new(Paper, Closed, [.. _struck], Newcomers, _votes.Prefix());

    public static BallotSheet Thaw(SheetSnapshot kept)
    {
        var sheet = new BallotSheet(kept.Paper) { Closed = kept.Closed, Newcomers = kept.Newcomers };
        foreach (var vote in kept.Votes)
        {
            sheet.Add(vote);
        }

        foreach (var entryId in kept.Struck)
        {
            sheet.Strike(entryId);
        }

        return sheet;
    }

    private void Add(in SheetVote vote)
    {
        _newest[vote.Voter] = _votes.Add(vote, NewestOf(vote.Voter));
        _totals[vote.Entry] += vote.Value * vote.Weight;
        _voters[vote.Entry]++;
    }
}
