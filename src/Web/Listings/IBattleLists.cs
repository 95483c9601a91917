using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>What the web asks of the read model.</summary>
public interface IBattleLists
{
    /// <summary>A page of battles; null when the cursor is damaged or of another order.</summary>
    Task<Page<BattleView>?> BattlesAsync(BattleFilter filter, string? cursor, int limit, CancellationToken cancellation);

    /// <summary>A page of a battle's entries; null when the cursor is damaged or of another order.</summary>
    Task<Page<EntryView>?> EntriesAsync(EntryFilter filter, string? cursor, int limit, CancellationToken cancellation);

    /// <summary>The battle an entry is in; null when the read model does not know it.</summary>
    Task<Guid?> BattleOfEntryAsync(Guid entryId, CancellationToken cancellation);

    /// <summary>A voter's votes on a battle.</summary>
    Task<IReadOnlyList<VoteReceipt>> VotesAsync(Guid battleId, string voterId, CancellationToken cancellation);

    /// <summary>Waits until the lists have a journal row, at most <paramref name="atMost"/>.</summary>
    Task WaitAsync(ConsistencyToken row, TimeSpan atMost, CancellationToken cancellation);
}

/// <summary>Which battles, and in which order.</summary>
public sealed record BattleFilter(BattleStatus? Status, BattleType? Type, string? CreatorId, BattleSort Sort);

/// <summary>Which entries, and in which order.</summary>
public sealed record EntryFilter(Guid BattleId, ModerationStatus? Moderation, EntrySort Sort);

/// <summary>The orders of battles.</summary>
public enum BattleSort
{
    /// <summary>By creation, latest first.</summary>
    Newest,

    /// <summary>By start, earliest first.</summary>
    StartTime,

    /// <summary>By votes, most first.</summary>
    MostVoted,
}

/// <summary>The orders of entries.</summary>
public enum EntrySort
{
    /// <summary>By submission, latest first.</summary>
    Newest,

    /// <summary>By votes, most first.</summary>
    MostVoted,
}
