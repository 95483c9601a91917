using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Token;

/// <summary>Keeps candles and milestones in the read model. Every width has its own candles, so that each history is one short range of the key.</summary>
public sealed class MarketProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "token-market";

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override async Task ResetAsync(DataConnection database, CancellationToken cancellation)
    {
        await database.GetTable<CandleRow>().DeleteAsync(cancellation);
        await database.GetTable<MilestoneRow>().DeleteAsync(cancellation);
    }

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var known = new List<CandleRow>();
        foreach (var group in MarketChanges.Touched(events).GroupBy(candle => (candle.Mint, candle.Width)))
        {
            var (mint, width) = group.Key;
            var (first, last) = (group.Min(candle => candle.Start), group.Max(candle => candle.Start));
            known.AddRange(await database.GetTable<CandleRow>()
                .Where(row => row.Mint == mint && row.Width == width && row.Start >= first && row.Start <= last)
                .ToListAsync(cancellation));
        }

        foreach (var candle in MarketChanges.Candles(known, events))
        {
            await database.InsertOrReplaceAsync(candle, token: cancellation);
        }

        foreach (var milestone in MarketChanges.Milestones(events))
        {
            await database.InsertAsync(milestone, token: cancellation);
        }
    }
}
