using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Token;

/// <summary>A line of the feed.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Transaction">What was recorded or, with the commitment <see cref="MovementCommitment.Withdrawn"/>, withdrawn; null for finality.</param>
/// <param name="Finalized">Finality; null for a movement.</param>
public sealed record FeedLine(long Position, TokenTransaction? Transaction, TokenFinalized? Finalized);

/// <summary>A piece of the feed.</summary>
/// <param name="Lines">The lines, positions rising.</param>
/// <param name="Upto">The position up to which these are all lines; where to read on.</param>
/// <param name="Newest">The position of the newest line of the feed; 0 while there is none.</param>
public sealed record FeedStretch(IReadOnlyList<FeedLine> Lines, long Upto, long Newest);

/// <summary>Reads the lines of a feed in order out of the read model, and what follows from them.</summary>
public sealed class FeedReader(ReadModelDatabase database)
{
    /// <summary>The position of the newest line; 0 while there is none.</summary>
    public async Task<long> NewestAsync(string mint, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        return (await FindAsync(connection, mint, cancellation))?.Position ?? 0;
    }

    /// <summary>The lines after a position.</summary>
    /// <param name="mint">The mint.</param>
    /// <param name="after">The last position that is known, at least 0.</param>
    /// <param name="most">How many lines at most, at least 1.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<FeedStretch> ReadAsync(string mint, long after, int most, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        if (await FindAsync(connection, mint, cancellation) is not { } feed)
        {
            return new FeedStretch([], after, 0);
        }

        if (feed.Position <= after)
        {
            return new FeedStretch([], after, feed.Position);
        }

        // Positions up to the feed's are all there: the feed's row and its lines are written together.
        var upto = Math.Min(feed.Position, after + most);
        var lines = await LinesAsync(connection, feed, after, upto, cancellation);
        if (lines.Count < upto - after && ((await FindAsync(connection, mint, cancellation))?.Position ?? 0) is var again && again < upto)
        {
            // The feed is being rebuilt and is not that far yet.
            return new FeedStretch([], after, again);
        }

        return new FeedStretch(lines, upto, feed.Position);
    }

    /// <summary>What each owner has according to the feed: received minus sent minus fees, in base units, exactly. Reads the whole feed.</summary>
    public async Task<IReadOnlyDictionary<string, decimal>> BalancesAsync(string mint, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var balances = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (await FindAsync(connection, mint, cancellation) is not { } feed)
        {
            return balances;
        }

        var movements = connection.GetTable<TransactionRow>()
            .Where(row => row.Feed == feed.Feed && row.WithdrawnBy == null)
            .Select(row => new { row.Sender, row.Recipient, row.Amount, row.Fee });
        await foreach (var movement in movements.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            Add(movement.Sender, -movement.Amount - movement.Fee);
            Add(movement.Recipient, movement.Amount);
        }

        return balances;

        void Add(string? owner, decimal amount)
        {
            if (owner is not null)
            {
                balances[owner] = balances.GetValueOrDefault(owner) + amount;
            }
        }
    }

    /// <summary>What changed hands since an instant, in base units and by whole buckets of five minutes; null while there is no feed.</summary>
    public async Task<decimal?> VolumeSinceAsync(string mint, DateTimeOffset since, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        if (await FindAsync(connection, mint, cancellation) is not { } feed)
        {
            return null;
        }

        var start = since.ToUnixTimeMilliseconds() - VolumeRow.Bucket;
        var amounts = await connection.GetTable<VolumeRow>()
            .Where(row => row.Feed == feed.Feed && row.BucketStart > start)
            .Select(row => row.Amount)
            .ToListAsync(cancellation);
        return amounts.Sum();
    }

    internal static Task<FeedRow?> FindAsync(DataConnection connection, string mint, CancellationToken cancellation) =>
        connection.GetTable<FeedRow>().FirstOrDefaultAsync(row => row.Mint == mint, cancellation);

    private static async Task<List<FeedLine>> LinesAsync(DataConnection connection, FeedRow feed, long after, long upto, CancellationToken cancellation)
    {
        var movements = await connection.GetTable<TransactionRow>()
            .Where(row => row.Feed == feed.Feed && row.Position > after && row.Position <= upto)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellation);
        var lines = movements.ConvertAll(row => new FeedLine(row.Position, FeedRows.View(feed, row), null));
        if (lines.Count == upto - after)
        {
            return lines;
        }

        var notices = await (
            from notice in connection.GetTable<NoticeRow>()
            from withdrawn in connection.GetTable<TransactionRow>()
                .LeftJoin(row => row.Feed == notice.Feed && row.Position == notice.Withdrawn)
            where notice.Feed == feed.Feed && notice.Position > after && notice.Position <= upto
            select new { Notice = notice, Withdrawn = withdrawn }).ToListAsync(cancellation);
        lines.AddRange(notices.Select(row => row.Withdrawn is { } gone && row.Notice.Withdrawn is not null
            ? new FeedLine(row.Notice.Position, FeedRows.View(feed, gone, MovementCommitment.Withdrawn, row.Notice.Position), null)
            : new FeedLine(row.Notice.Position, null, new TokenFinalized((ulong)row.Notice.Slot, row.Notice.Position))));
        lines.Sort((one, other) => one.Position.CompareTo(other.Position));
        return lines;
    }
}
