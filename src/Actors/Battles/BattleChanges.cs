using System.Runtime.InteropServices;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Battles;

/// <summary>What a run of events changes in the read model of battles: pure, from rows and events to rows.</summary>
public sealed class BattleChanges
{
    private readonly Dictionary<Guid, BattleRow> _battles;
    private readonly HashSet<Guid> _new = [];
    private readonly HashSet<Guid> _changed = [];
    private readonly Dictionary<Guid, (long Votes, long Total)> _sums = [];
    private readonly Dictionary<Guid, (long Votes, long Newcomers)> _counts = [];

    private BattleChanges(IEnumerable<BattleRow> known) => _battles = known.ToDictionary(row => row.Id);

    /// <summary>Battles that began in this run, as it leaves them.</summary>
    public IReadOnlyList<BattleRow> NewBattles => [.. _new.Select(id => _battles[id])];

    /// <summary>Battles that were there before, as the run leaves them; their votes aside.</summary>
    public IReadOnlyList<BattleRow> ChangedBattles => [.. _changed.Where(id => !_new.Contains(id)).Select(id => _battles[id])];

    /// <summary>Entries that came in.</summary>
    public List<EntryRow> NewEntries { get; } = [];

    /// <summary>Entries that were judged.</summary>
    public List<(Guid EntryId, string Moderation, string? Reason)> Judged { get; } = [];

    /// <summary>Ranks from results.</summary>
    public List<(Guid EntryId, int Rank)> Ranks { get; } = [];

    /// <summary>Views to add, by entry.</summary>
    public Dictionary<Guid, long> Views { get; } = [];

    /// <summary>Votes that were cast.</summary>
    public List<VoteCast> Votes { get; } = [];

    /// <summary>The battles whose own rows a run changes.</summary>
    public static IReadOnlyCollection<Guid> Touched(IReadOnlyList<JournalEvent> events)
    {
        var ids = new HashSet<Guid>();
        foreach (var happened in events)
        {
            if (happened.Event is IBattleEvent and not (BattleCreated or EntryViewed or BallotCounted) and var change)
            {
                ids.Add(((IBattleEvent)change).BattleId);
            }
        }

        return ids;
    }

    /// <summary>Folds a run.</summary>
    /// <param name="known">The rows of the battles that <see cref="Touched"/> names, where they exist.</param>
    /// <param name="events">The run, in journal order.</param>
    public static BattleChanges Of(IEnumerable<BattleRow> known, IReadOnlyList<JournalEvent> events)
    {
        var changes = new BattleChanges(known);
        foreach (var happened in events)
        {
            changes.Take(happened.Event);
        }

        return changes;
    }

    /// <summary>Votes to add, by entry.</summary>
    public IReadOnlyList<(Guid EntryId, long Votes, long Total)> EntryCounts =>
        [.. _sums.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Votes, pair.Value.Total))];

    /// <summary>Votes and newcomers to add, by battle.</summary>
    public IReadOnlyList<(Guid BattleId, long Votes, long Newcomers)> BattleCounts =>
        [.. _counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Votes, pair.Value.Newcomers))];

    private void Take(IEvent happened)
    {
        switch (happened)
        {
            case VoteCast vote:
                Votes.Add(vote);
                Count(vote);
                break;
            case EntryViewed viewed:
                Views[viewed.EntryId] = Views.GetValueOrDefault(viewed.EntryId) + 1;
                break;
            case BattleCreated created:
                _battles.Add(created.BattleId, Row(created));
                _new.Add(created.BattleId);
                break;
            case IBattleEvent change:
                TakeChange(change);
                break;
        }
    }

    private void Count(VoteCast vote)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, vote.EntryId, out _);
        sum = (sum.Votes + 1, sum.Total + vote.Value * vote.Weight);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, vote.BattleId, out _);
        count = (count.Votes + 1, count.Newcomers + (vote.Newcomer ? 1 : 0));
    }

    private void TakeChange(IBattleEvent change)
    {
        switch (change)
        {
            case EntrySubmitted entry:
                NewEntries.Add(Row(entry));
                break;
            case EntryModerated judged:
                Judged.Add((judged.EntryId, WireEnum<ModerationStatus>.Name(judged.Status), judged.Reason));
                break;
            case BattleCompleted completed:
                Ranks.AddRange(completed.Results.Entries.Select(entry => (entry.EntryId, entry.Rank)));
                break;
        }

        if (_battles.TryGetValue(change.BattleId, out var battle))
        {
            _battles[change.BattleId] = BattleRows.After(battle, change);
            _changed.Add(change.BattleId);
        }
    }

    private static BattleRow Row(BattleCreated e) => BattleRows.Due(new BattleRow
    {
        Id = e.BattleId,
        Title = e.Title,
        Description = e.Description,
        Type = WireEnum<BattleType>.Name(e.Type),
        Status = WireEnum<BattleStatus>.Name(e.Status),
        CreatorId = e.CreatorId,
        Rules = BattleRows.Write(e.Rules),
        StartTime = e.StartTime.ToUnixTimeMilliseconds(),
        EndTime = e.EndTime.ToUnixTimeMilliseconds(),
        VotingEndTime = e.VotingEndTime.ToUnixTimeMilliseconds(),
        Version = 1,
        CreatedAt = e.At.ToUnixTimeMilliseconds(),
    });

    private static EntryRow Row(EntrySubmitted e) => new()
    {
        Id = e.EntryId,
        BattleId = e.BattleId,
        UserId = e.UserId,
        ContentType = WireEnum<ContentType>.Name(e.Content.Type),
        Text = e.Content.Text,
        MediaKey = e.Content.MediaKey,
        Moderation = WireEnum<ModerationStatus>.Name(ModerationStatus.Pending),
        SubmittedAt = e.At.ToUnixTimeMilliseconds(),
    };
}
