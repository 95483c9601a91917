namespace WildNOut.Actors.Battles;

/// <summary>The open sheets of one ballot box. Changes in place: it belongs to its entity alone.</summary>
public sealed class BallotBoxState(int box)
{
    private readonly Dictionary<Guid, BallotSheet> _sheets = [];
    private readonly BallotReports _reports = new();

    /// <summary>The number of the box.</summary>
    public int Box => box;

    /// <summary>All votes in memory.</summary>
    public int VoteCount { get; private set; }

    internal BallotSheet? Sheet(Guid battleId) => _sheets.GetValueOrDefault(battleId);

    internal BallotBoxState Evolve(IBallotBoxEvent @event)
    {
        switch (@event)
        {
            case VoteCast cast:
                var sheet = _sheets[cast.BattleId];
                sheet.Add(cast);
                _reports.Changed(sheet, cast.At);
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
                    _reports.Forget(gone);
                    VoteCount -= gone.VoteCount;
                }

                break;
        }

        return this;
    }

    /// <summary>Somebody watches a battle.</summary>
    internal void Watch(WatchBallot watch) => _reports.Watch(watch.BattleId, watch.Until, Sheet(watch.BattleId));

    /// <summary>The counts that their battles are to be told of now, or all that they do not know; and whether there are more for later.</summary>
    internal (IReadOnlyList<BallotCount> Counts, bool More) TakeReports(DateTimeOffset now, bool all)
    {
        var sheets = _reports.Take(now, all, out var more);
        return ([.. sheets.Select(sheet => sheet.Count(box))], more);
    }

    internal BallotBoxSnapshot Freeze() => new([.. _sheets.Values.Select(sheet => sheet.Freeze())]);

    internal static BallotBoxState Thaw(int box, BallotBoxSnapshot snapshot)
    {
        var state = new BallotBoxState(box);
        foreach (var kept in snapshot.Sheets)
        {
            var sheet = BallotSheet.Thaw(kept);
            state._sheets.Add(kept.Paper.BattleId, sheet);
            state._reports.Changed(sheet, DateTimeOffset.MaxValue);
            state.VoteCount += sheet.VoteCount;
        }

        return state;
    }
}
