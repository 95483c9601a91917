using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Battles;

/// <summary>Keeps battles, entries and votes in the read model.</summary>
/// <param name="kind">The database that it writes to.</param>
public sealed class BattleProjection(DatabaseKind kind) : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "battles";

    private readonly BattleWrites _writes = kind == DatabaseKind.Postgres ? new PostgresBattleWrites() : new SqliteBattleWrites();

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override async Task ResetAsync(DataConnection database, CancellationToken cancellation)
    {
        foreach (var table in new[] { "votes", "entries", "battles" })
        {
            await database.ExecuteAsync(kind == DatabaseKind.Postgres ? $"truncate table {table}" : $"delete from {table}", cancellation);
        }
    }

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var touched = BattleChanges.Touched(events);
        var known = new List<BattleRow>();
        foreach (var some in touched.Chunk(500))
        {
            known.AddRange(await database.GetTable<BattleRow>().Where(row => some.Contains(row.Id)).ToListAsync(cancellation));
        }

        await WriteAsync(database, BattleChanges.Of(known, events), cancellation);
    }

    private async Task WriteAsync(DataConnection database, BattleChanges changes, CancellationToken cancellation)
    {
        var many = new BulkCopyOptions { BulkCopyType = BulkCopyType.MultipleRows };
        if (changes.NewBattles.Count > 0)
        {
            await database.BulkCopyAsync(many, changes.NewBattles, cancellation);
        }

        if (changes.NewEntries.Count > 0)
        {
            await database.BulkCopyAsync(many, changes.NewEntries, cancellation);
        }

        foreach (var battle in changes.ChangedBattles)
        {
            await database.UpdateAsync(battle, token: cancellation);
        }

        foreach (var judged in changes.Judged)
        {
            await database.GetTable<EntryRow>()
                .Where(row => row.Id == judged.EntryId)
                .Set(row => row.Moderation, judged.Moderation)
                .Set(row => row.Reason, judged.Reason)
                .UpdateAsync(cancellation);
        }

        if (changes.Ranks.Count > 0)
        {
            await _writes.SetRanksAsync(database, changes.Ranks, cancellation);
        }

        if (changes.Views.Count > 0)
        {
            await _writes.AddViewsAsync(database, changes.Views, cancellation);
        }

        if (changes.Votes.Count > 0)
        {
            var newcomers = await _writes.NewcomersAsync(database, changes.Voters(), cancellation);
            await _writes.InsertVotesAsync(database, changes.Votes, cancellation);
            await _writes.AddToEntriesAsync(database, changes.EntryCounts(), cancellation);
            await _writes.AddToBattlesAsync(database, changes.BattleCounts(newcomers), cancellation);
        }
    }
}
