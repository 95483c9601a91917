namespace WildNOut.Actors.Battles;

/// <summary>
/// Which sheets have votes that their battles have not been told of. A battle that people watch is told at once; of another the first vote after a
/// pause is told at once and the rest once a second, because a thousand battles nobody looks at would cost as much as the votes themselves.
/// Kept in memory only.
/// </summary>
internal sealed class BallotReports
{
    /// <summary>How long votes of a battle that nobody watches are gathered.</summary>
    public static readonly TimeSpan Unhurried = TimeSpan.FromSeconds(1);

    private readonly HashSet<BallotSheet> _now = [];
    private readonly HashSet<BallotSheet> _later = [];
    private readonly Dictionary<Guid, DateTimeOffset> _watched = [];
    private DateTimeOffset _lastRound;

    /// <summary>A sheet got a vote.</summary>
    public void Changed(BallotSheet sheet, DateTimeOffset at)
    {
        if (at - sheet.ReportedAt >= Unhurried || IsWatched(sheet.Paper.BattleId, at))
        {
            _now.Add(sheet);
        }
        else
        {
            _later.Add(sheet);
        }
    }

    /// <summary>Somebody watches a battle, with a sheet here or not yet, until an instant at least.</summary>
    public void Watch(Guid battleId, DateTimeOffset until, BallotSheet? sheet)
    {
        _watched[battleId] = until;
        if (sheet is not null && _later.Remove(sheet))
        {
            _now.Add(sheet);
        }
    }

    /// <summary>A sheet is gone.</summary>
    public void Forget(BallotSheet sheet)
    {
        _now.Remove(sheet);
        _later.Remove(sheet);
    }

    /// <summary>The sheets to tell of now.</summary>
    /// <param name="now">The present.</param>
    /// <param name="all">Whether none may wait any longer.</param>
    /// <param name="more">Whether others wait for later.</param>
    public IReadOnlyList<BallotSheet> Take(DateTimeOffset now, bool all, out bool more)
    {
        if (all || now - _lastRound >= Unhurried)
        {
            _lastRound = now;
            _now.UnionWith(_later);
            _later.Clear();
            EndWatches(now);
        }

        more = _later.Count > 0;
        BallotSheet[] sheets = [.. _now];
        _now.Clear();
        foreach (var sheet in sheets)
        {
            sheet.ReportedAt = now;
        }

        return sheets;
    }

    private bool IsWatched(Guid battleId, DateTimeOffset at) => _watched.Count > 0 && _watched.TryGetValue(battleId, out var until) && at < until;

    private void EndWatches(DateTimeOffset now)
    {
        foreach (var (battleId, until) in _watched)
        {
            if (until <= now)
            {
                _watched.Remove(battleId);
            }
        }
    }
}
