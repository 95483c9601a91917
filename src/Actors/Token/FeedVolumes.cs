using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Token;

/// <summary>The volumes of one token, as its feed counts them.</summary>
/// <param name="database">The read model.</param>
/// <param name="mint">The token.</param>
public sealed class FeedVolumes(ReadModelDatabase database, string mint) : ITokenVolumes
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<VolumeBucket>> BetweenAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        if (await FeedReader.FindAsync(connection, mint, cancellation) is not { Decimals: { } decimals } feed)
        {
            return [];
        }

        var (first, last) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var rows = await connection.GetTable<VolumeRow>()
            .Where(row => row.Feed == feed.Feed && row.BucketStart >= first && row.BucketStart < last)
            .OrderBy(row => row.BucketStart)
            .ToListAsync(cancellation);
        var unit = Enumerable.Range(0, decimals).Aggregate(1m, (all, _) => all * 10);
        return
        [
            .. rows.GroupBy(row => CandleWidths.Start(DateTimeOffset.FromUnixTimeMilliseconds(row.BucketStart), width))
                .Select(bucket => new VolumeBucket(bucket.Key, bucket.Sum(row => row.Amount) / unit, bucket.Sum(row => (int)row.Transfers))),
        ];
    }
}
