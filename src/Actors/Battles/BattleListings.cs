using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Battles;

/// <summary>The orders of a list of battles; on the wire <c>newest</c>, <c>startTime</c>, <c>mostVoted</c>.</summary>
public enum BattleOrder
{
    /// <summary>Latest creation first.</summary>
    Newest,

    /// <summary>Earliest start first.</summary>
    StartTime,

    /// <summary>Most votes first. Counts change while people page: a battle that gains votes meanwhile may be missed or, seldom, met twice.</summary>
    MostVoted,
}

/// <summary>The orders of a list of entries; on the wire <c>newest</c>, <c>mostVoted</c>.</summary>
public enum EntryOrder
{
    /// <summary>Latest submission first.</summary>
    Newest,

    /// <summary>Most voters first, with the same reservation as <see cref="BattleOrder.MostVoted"/>.</summary>
    MostVoted,
}

/// <summary>Which battles are listed; null filters nothing.</summary>
public sealed record BattleFilter(BattleStatus? Status = null, BattleType? Type = null, string? CreatorId = null);

/// <summary>Lists out of the read model. They follow the entities within a second.</summary>
public sealed class BattleListings(ReadModelDatabase database)
{
    /// <summary>A page of battles; null when the cursor is damaged or belongs to another order.</summary>
    /// <param name="filter">Which battles.</param>
    /// <param name="order">In which order.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to <see cref="Keyset.MaxLimit"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Page<BattleView>?> BattlesAsync(
        BattleFilter filter, BattleOrder order, string? cursor, int limit, CancellationToken cancellation = default)
    {
        var name = $"battles by {order}";
        if (!TryPlace(name, cursor, out var place))
        {
            return null;
        }

        await using var connection = database.Open();
        var rows =
            from battle in connection.GetTable<BattleRow>()
            join counts in connection.GetTable<BattleCountsRow>() on battle.Id equals counts.BattleId
            select new BattleListRow { Battle = battle, Counts = counts };
        if (filter.Status is { } status)
        {
            var text = WireEnum<BattleStatus>.Name(status);
            rows = rows.Where(row => row.Battle.Status == text);
        }

        if (filter.Type is { } type)
        {
            var text = WireEnum<BattleType>.Name(type);
            rows = rows.Where(row => row.Battle.Type == text);
        }

        if (filter.CreatorId is { } creator)
        {
            rows = rows.Where(row => row.Battle.CreatorId == creator);
        }

        var found = await (order switch
        {
            BattleOrder.Newest => rows.After(row => row.Battle.CreatedAt, row => row.Battle.Id, true, place, limit),
            BattleOrder.StartTime => rows.After(row => row.Battle.StartTime, row => row.Battle.Id, false, place, limit),
            BattleOrder.MostVoted => rows.After(row => row.Counts.VoteCount, row => row.Counts.BattleId, true, place, limit),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Unknown order."),
        }).ToListAsync(cancellation);
        return found.ToPage(limit, BattleRows.View, name, row => Key(row, order), row => row.Battle.Id);
    }

    /// <summary>A page of a battle's entries; null when the cursor is damaged or belongs to another order.</summary>
    public async Task<Page<EntryView>?> EntriesAsync(
        Guid battleId, ModerationStatus? moderation, EntryOrder order, string? cursor, int limit, CancellationToken cancellation = default)
    {
        var name = $"entries by {order}";
        if (!TryPlace(name, cursor, out var place))
        {
            return null;
        }

        await using var connection = database.Open();
        var rows = connection.GetTable<EntryRow>().Where(row => row.BattleId == battleId);
        if (moderation is { } judged)
        {
            var text = WireEnum<ModerationStatus>.Name(judged);
            rows = rows.Where(row => row.Moderation == text);
        }

        var found = await (order == EntryOrder.Newest
            ? rows.After(row => row.SubmittedAt, row => row.Id, true, place, limit)
            : rows.After(row => row.VoteCount, row => row.Id, true, place, limit)).ToListAsync(cancellation);
        return found.ToPage(limit, BattleRows.View, name, row => order == EntryOrder.Newest ? row.SubmittedAt : row.VoteCount, row => row.Id);
    }

    /// <summary>A voter's votes on a battle, oldest first.</summary>
    public async Task<VotesOfVoter> VotesOfVoterAsync(Guid battleId, string voterId, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var votes = await connection.GetTable<VoteRow>()
            .Where(row => row.BattleId == battleId && row.VoterId == voterId)
            .OrderBy(row => row.CastAt)
            .ToListAsync(cancellation);
        return new VotesOfVoter(true, [.. votes.Select(BattleRows.View)]);
    }

    /// <summary>The battle of an entry; null when the read model does not know the entry, perhaps only not yet. It never changes.</summary>
    public async Task<Guid?> FindBattleOfEntryAsync(Guid entryId, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var found = await connection.GetTable<EntryRow>().Where(row => row.Id == entryId).Select(row => row.BattleId).ToListAsync(cancellation);
        return found.Count == 0 ? null : found[0];
    }

    private static long Key(BattleListRow row, BattleOrder order) => order switch
    {
        BattleOrder.Newest => row.Battle.CreatedAt,
        BattleOrder.StartTime => row.Battle.StartTime,
        _ => row.Counts.VoteCount,
    };

    private static bool TryPlace(string order, string? cursor, out Keyset? place)
    {
        place = cursor is null ? null : Keyset.Decode(order, cursor);
        return cursor is null || place is not null;
    }
}
