using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Token;

/// <summary>Keeps the lines of the feeds in the read model.</summary>
public sealed class FeedProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "token-feed";

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override async Task ResetAsync(DataConnection database, CancellationToken cancellation)
    {
        foreach (var table in new[] { "token_transactions", "token_notices", "token_parked", "token_volume", "token_feed" })
        {
            await database.ExecuteAsync($"delete from {table}", cancellation);
        }
    }

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var feeds = new Dictionary<string, FeedChanges>(StringComparer.Ordinal);
        List<FeedRow>? known = null;
        foreach (var entry in events)
        {
            if (entry.Event is not IFeedEvent @event)
            {
                continue;
            }

            if (!feeds.TryGetValue(@event.Mint, out var changes))
            {
                known ??= await database.GetTable<FeedRow>().ToListAsync(cancellation);
                var row = known.Find(row => row.Mint == @event.Mint);
                if (row is null)
                {
                    known.Add(row = new FeedRow { Feed = known.Count + 1, Mint = @event.Mint });
                }

                feeds.Add(@event.Mint, changes = new FeedChanges(row));
            }

            changes.Take(@event);
        }

        foreach (var changes in feeds.Values)
        {
            await WriteAsync(database, changes, cancellation);
        }
    }

    private static async Task WriteAsync(DataConnection database, FeedChanges changes, CancellationToken cancellation)
    {
        // First of all, because a transaction may land again under the same signature.
        await WithdrawAsync(database, changes, cancellation);
        await database.InsertAllAsync(changes.Transactions, cancellation);
        await database.InsertAllAsync(changes.Notices, cancellation);
        foreach (var parked in changes.Parked.Values)
        {
            await database.InsertOrReplaceAsync(parked, token: cancellation);
        }

        await AddVolumeAsync(database, changes, cancellation);
        await database.InsertOrReplaceAsync(changes.Feed, token: cancellation);
    }

    private static async Task WithdrawAsync(DataConnection database, FeedChanges changes, CancellationToken cancellation)
    {
        foreach (var some in changes.Withdrawn.Keys.Chunk(500))
        {
            var rows = await database.Among((TransactionRow row) => row.Position, some)
                .Where(row => row.Feed == changes.Feed.Feed)
                .ToListAsync(cancellation);
            foreach (var row in rows)
            {
                changes.Count(row, -1);
                await database.UpdateAsync(row with { WithdrawnBy = changes.Withdrawn[row.Position] }, token: cancellation);
            }
        }
    }

    private static async Task AddVolumeAsync(DataConnection database, FeedChanges changes, CancellationToken cancellation)
    {
        foreach (var some in changes.Volume.Keys.Chunk(500))
        {
            var known = await database.Among((VolumeRow row) => row.BucketStart, some)
                .Where(row => row.Feed == changes.Feed.Feed)
                .ToDictionaryAsync(row => row.BucketStart, cancellation);
            foreach (var bucket in some)
            {
                var row = known.GetValueOrDefault(bucket) ?? new VolumeRow { Feed = changes.Feed.Feed, BucketStart = bucket };
                var (amount, transfers) = changes.Volume[bucket];
                await database.InsertOrReplaceAsync(
                    row with { Amount = row.Amount + amount, Transfers = row.Transfers + transfers }, token: cancellation);
            }
        }
    }
}
