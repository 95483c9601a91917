using System.ComponentModel;
using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Token;

/// <summary>A stretch of the price. Stretches in which no price was taken are left out.</summary>
public sealed record Candle(
    [property: Description("When it begins.")] DateTimeOffset Time,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    [property: Description("Whole tokens that moved; null before the first movement in this history, where nobody may have counted.")] decimal? Volume);

/// <summary>The course of the price, in USD for a whole token.</summary>
public sealed record PriceHistory(
    string Mint,
    Timeframe Timeframe,
    [property: Description("The width of a candle in seconds.")] int Interval,
    [property: Description("Oldest first; the last one may be unfinished.")] IReadOnlyList<Candle> Items);

/// <summary>History and milestones out of the read model. They follow the market within a second.</summary>
public sealed class MarketListings(ReadModelDatabase database, ITokenVolumes volumes)
{
    /// <summary>The candles of a mint up to an instant.</summary>
    public async Task<PriceHistory> HistoryAsync(string mint, Timeframe timeframe, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var width = timeframe.Width();
        var last = CandleWidths.Start(now, width);
        var from = last - width * (timeframe.Count() - 1);
        var (span, first) = ((long)width.TotalMilliseconds, from.ToUnixTimeMilliseconds());
        var rows = await CandlesAsync(mint, span, first, timeframe.Count(), cancellation);
        var moved = await volumes.BetweenAsync(from, last + width, width, cancellation);
        return new PriceHistory(mint, timeframe, (int)width.TotalSeconds, WithVolumes(rows, moved));
    }

    /// <summary>Gives its connection back before others are asked for: who holds one while waiting for a second may wait for themselves.</summary>
    private async Task<List<CandleRow>> CandlesAsync(string mint, long width, long from, int count, CancellationToken cancellation)
    {
        await using var connection = database.Open();
        return await connection.GetTable<CandleRow>()
            .Where(row => row.Mint == mint && row.Width == width && row.Start >= from)
            .OrderBy(row => row.Start)
            .Take(count)
            .ToListAsync(cancellation);
    }

    /// <summary>The milestones that a mint reached, in that order.</summary>
    public async Task<MilestoneList> MilestonesAsync(string mint, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var rows = await connection.GetTable<MilestoneRow>().Where(row => row.Mint == mint).OrderBy(row => row.Milestone).ToListAsync(cancellation);
        return new MilestoneList(
            mint, [.. rows.Select(row => new MilestoneView(row.Milestone, row.MarketCap, row.Price, Instant(row.ReachedAt)))]);
    }

    private static List<Candle> WithVolumes(List<CandleRow> rows, IReadOnlyList<VolumeBucket> moved)
    {
        var amounts = moved.ToDictionary(bucket => bucket.Start, bucket => bucket.Amount);
        return [.. rows.Select(row => new Candle(Instant(row.Start), row.Open, row.High, row.Low, row.Close, Volume(Instant(row.Start))))];

        decimal? Volume(DateTimeOffset start) =>
            amounts.TryGetValue(start, out var amount) ? amount
            : moved.Count > 0 && start > moved[0].Start ? 0
            : null;
    }

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
