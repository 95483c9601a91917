using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>The open sheets of one ballot box. Changes in place: it belongs to its entity alone.</summary>
public sealed class BallotBoxState(int box)
{
    private readonly Dictionary<Guid, BallotSheet> _sheets = [];
    private readonly HashSet<BallotSheet> _unreported = [];

    /// <summary>The number of the box.</summary>
    public int Box => box;

    /// <summary>All votes in memory.</summary>
    public int VoteCount { get; private set; }

    internal IEnumerable<BallotSheet> Sheets => _sheets.Values;

    internal BallotSheet? Sheet(Guid battleId) => _sheets.GetValueOrDefault(battleId);

    internal BallotBoxState Evolve(IBallotBoxEvent @event)
    {
        switch (@event)
        {
            case VoteCast cast:
                var sheet = _sheets[cast.BattleId];
                sheet.Add(cast.VoterId, cast.EntryId, cast.Value, cast.Weight, cast.At, cast.CommandId);
                _unreported.Add(sheet);
                VoteCount++;
                break;
            case SheetOpened opened:
                _sheets.Add(opened.BattleId, new BallotSheet(opened.Paper));
                break;
            case EntryStruck struck:
                _sheets[struck.BattleId].Strike(struck.EntryId);
                break;
            case SheetClosed closed:
                _sheets[closed.BattleId].Closed = true;
                break;
            case SheetDiscarded discarded:
                if (_sheets.Remove(discarded.BattleId, out var gone))
                {
                    _unreported.Remove(gone);
                    VoteCount -= (int)gone.VoteCount;
                }

                break;
        }

        return this;
    }

    /// <summary>The counts that changed since the last call.</summary>
    internal IReadOnlyList<BallotCount> TakeUnreported()
    {
        BallotCount[] counts = [.. _unreported.Select(sheet => sheet.Count(box))];
        _unreported.Clear();
        return counts;
    }

    internal BallotBoxSnapshot Freeze() =>
        new([.. _sheets.Values.Select(sheet => new SheetSnapshot(sheet.Paper, sheet.Closed, [.. sheet.Struck], [.. sheet.Votes()]))]);

    internal static BallotBoxState Thaw(int box, BallotBoxSnapshot snapshot)
    {
        var state = new BallotBoxState(box);
        foreach (var kept in snapshot.Sheets)
        {
            var sheet = new BallotSheet(kept.Paper) { Closed = kept.Closed };
            foreach (var vote in kept.Votes)
            {
                sheet.Add(vote.VoterId, kept.Paper.Entries[vote.Entry].EntryId, vote.Value, vote.Weight, vote.At, vote.CommandId);
            }

            foreach (var entryId in kept.Struck)
            {
                sheet.Strike(entryId);
            }

            state._sheets.Add(kept.Paper.BattleId, sheet);
            state._unreported.Add(sheet);
            state.VoteCount += kept.Votes.Count;
        }

        return state;
    }
}

/// <summary>A ballot box in a snapshot.</summary>
public sealed record BallotBoxSnapshot(IReadOnlyList<SheetSnapshot> Sheets) : ISnapshot;

/// <summary>A sheet in a snapshot.</summary>
public sealed record SheetSnapshot(BallotPaper Paper, bool Closed, IReadOnlyList<Guid> Struck, IReadOnlyList<SheetVote> Votes);

/// <summary>A vote in a snapshot; the entry by its place on the paper.</summary>
public readonly record struct SheetVote(string VoterId, int Entry, int Value, long Weight, DateTimeOffset At, string? CommandId);
