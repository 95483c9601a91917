namespace WildNOut.Actors.Battles;

/// <summary>One vote on a sheet; the voter's earlier votes on other entries hang behind it.</summary>
internal sealed record Ballot(int Entry, int Value, long Weight, DateTimeOffset At, string? CommandId, Ballot? Earlier);

/// <summary>The votes that one ballot box holds for one battle. Changes in place.</summary>
internal sealed class BallotSheet
{
    private readonly Dictionary<Guid, int> _places;
    private readonly HashSet<string> _entrants;
    private readonly Dictionary<string, Ballot> _ballots = new(StringComparer.Ordinal);
    private readonly long[] _totals;
    private readonly long[] _voters;
    private readonly HashSet<Guid> _struck;
    private long _newcomers;

    public BallotSheet(BallotPaper paper)
    {
        Paper = paper;
        _places = paper.Entries.Select((line, place) => (line.EntryId, place)).ToDictionary(pair => pair.EntryId, pair => pair.place);
        _entrants = paper.Entries.Select(line => line.UserId).ToHashSet(StringComparer.Ordinal);
        _struck = paper.Entries.Where(line => line.Struck).Select(line => line.EntryId).ToHashSet();
        _totals = new long[paper.Entries.Count];
        _voters = new long[paper.Entries.Count];
    }

    public BallotPaper Paper { get; }

    public bool Closed { get; set; }

    public long VoteCount { get; private set; }

    public IEnumerable<Guid> Struck => _struck;

    public BallotLine? Line(Guid entryId) => _places.TryGetValue(entryId, out var place) ? Paper.Entries[place] : null;

    public bool IsStruck(Guid entryId) => _struck.Contains(entryId);

    public void Strike(Guid entryId) => _struck.Add(entryId);

    /// <summary>The newest vote of a voter, with the earlier ones behind it.</summary>
    public Ballot? BallotsOf(string voterId) => _ballots.GetValueOrDefault(voterId);

    public void Add(string voterId, Guid entryId, int value, long weight, DateTimeOffset at, string? commandId)
    {
        var place = _places[entryId];
        var earlier = _ballots.GetValueOrDefault(voterId);
        _ballots[voterId] = new Ballot(place, value, weight, at, commandId, earlier);
        _totals[place] += value * weight;
        _voters[place]++;
        VoteCount++;
        if (earlier is null && !_entrants.Contains(voterId))
        {
            _newcomers++;
        }
    }

    public VoteReceipt Receipt(Ballot ballot) =>
        new(Paper.BattleId, Paper.Entries[ballot.Entry].EntryId, ballot.Value, ballot.Weight, ballot.At);

    public BallotCount Count(int box)
    {
        var entries = new List<EntryTally>();
        for (var place = 0; place < _voters.Length; place++)
        {
            if (_voters[place] > 0)
            {
                entries.Add(new EntryTally(Paper.Entries[place].EntryId, _totals[place], _voters[place]));
            }
        }

        return new BallotCount(Paper.BattleId, box, VoteCount, _newcomers, entries);
    }

    /// <summary>Every vote, each voter's in the order they were cast.</summary>
    public IEnumerable<SheetVote> Votes()
    {
        foreach (var (voterId, newest) in _ballots)
        {
            var ofVoter = new Stack<Ballot>();
            for (var ballot = newest; ballot is not null; ballot = ballot.Earlier)
            {
                ofVoter.Push(ballot);
            }

            foreach (var ballot in ofVoter)
            {
                yield return new SheetVote(voterId, ballot.Entry, ballot.Value, ballot.Weight, ballot.At, ballot.CommandId);
            }
        }
    }
}
