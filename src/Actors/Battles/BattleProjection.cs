using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Battles;

/// <summary>Keeps battles, entries and votes in the read model.</summary>
public sealed class BattleProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "battles";

    private static readonly BattleWrites Postgres = new PostgresBattleWrites();
    private static readonly BattleWrites Sqlite = new SqliteBattleWrites();

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override async Task ResetAsync(DataConnection database, CancellationToken cancellation)
    {
        foreach (var table in new[] { "votes", "entries", "battle_counts", "battles" })
        {
            await database.EmptyAsync(table, cancellation);
        }
    }

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var touched = BattleChanges.Touched(events);
        var known = await database.ListAmongAsync((BattleRow row) => row.Id, touched, cancellation);

        await WriteAsync(database, BattleChanges.Of(known, events), cancellation);
    }

    private static async Task WriteAsync(DataConnection database, BattleChanges changes, CancellationToken cancellation)
    {
        var writes = database.IsPostgres() ? Postgres : Sqlite;
        await database.InsertAllAsync(changes.NewBattles, cancellation);
        await database.InsertAllAsync([.. changes.NewBattles.Select(battle => new BattleCountsRow { BattleId = battle.Id })], cancellation);
        await database.InsertAllAsync(changes.NewEntries, cancellation);
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
            await writes.SetRanksAsync(database, changes.Ranks, cancellation);
        }

        if (changes.Views.Count > 0)
        {
            await writes.AddViewsAsync(database, changes.Views, cancellation);
        }

        if (changes.Votes.Count > 0)
        {
            await writes.InsertVotesAsync(database, changes.Votes, cancellation);
            await writes.AddToEntriesAsync(database, changes.EntryCounts, cancellation);
            await writes.AddToBattlesAsync(database, changes.BattleCounts, cancellation);
        }
    }
}
