using LinqToDB.Data;

namespace WildNOut.Actors.Battles;

/// <summary>The bulk writes of the battles' read model, each in the caller's transaction; one form a database.</summary>
internal abstract class BattleWrites
{
    /// <summary>Inserts votes; a second vote of a voter for an entry violates the key.</summary>
    public abstract Task InsertVotesAsync(DataConnection database, IReadOnlyList<VoteCast> votes, CancellationToken cancellation);

    /// <summary>Adds votes to entries.</summary>
    public abstract Task AddToEntriesAsync(
        DataConnection database, IReadOnlyList<(Guid EntryId, long Votes, long Total)> counts, CancellationToken cancellation);

    /// <summary>Adds votes and newcomers to battles.</summary>
    public abstract Task AddToBattlesAsync(
        DataConnection database, IReadOnlyList<(Guid BattleId, long Votes, long Newcomers)> counts, CancellationToken cancellation);

    /// <summary>Adds views to entries.</summary>
    public abstract Task AddViewsAsync(DataConnection database, IReadOnlyDictionary<Guid, long> views, CancellationToken cancellation);

    /// <summary>Sets ranks.</summary>
    public abstract Task SetRanksAsync(DataConnection database, IReadOnlyList<(Guid EntryId, int Rank)> ranks, CancellationToken cancellation);
}
