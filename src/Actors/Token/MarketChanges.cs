using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Token;

/// <summary>What a run of events changes in the read model of markets: pure, from rows and events to rows.</summary>
internal static class MarketChanges
{
    /// <summary>The candles that a run changes, without their prices.</summary>
    public static IReadOnlyCollection<CandleRow> Touched(IEnumerable<JournalEvent> events) =>
        [.. events.Select(happened => happened.Event).OfType<PriceRecorded>().SelectMany(Empty).Distinct()];

    /// <summary>The candles as a run leaves them.</summary>
    /// <param name="known">Those that <see cref="Touched"/> names, where they exist.</param>
    /// <param name="events">The run, in journal order.</param>
    public static IReadOnlyCollection<CandleRow> Candles(IEnumerable<CandleRow> known, IEnumerable<JournalEvent> events)
    {
        var candles = known.ToDictionary(Key);
        foreach (var price in events.Select(happened => happened.Event).OfType<PriceRecorded>())
        {
            foreach (var empty in Empty(price))
            {
                candles[Key(empty)] = With(candles.GetValueOrDefault(Key(empty), empty), price.Price);
            }
        }

        return candles.Values;
    }

    /// <summary>The milestones of a run.</summary>
    public static IReadOnlyList<MilestoneRow> Milestones(IEnumerable<JournalEvent> events) =>
    [
        .. events.Select(happened => happened.Event).OfType<MilestoneReached>().Select(reached => new MilestoneRow
        {
            Mint = reached.Mint,
            Milestone = reached.Milestone,
            MarketCap = reached.MarketCap,
            Price = reached.Price,
            ReachedAt = reached.At.ToUnixTimeMilliseconds(),
        }),
    ];

    private static (string Mint, long Width, long Start) Key(CandleRow candle) => (candle.Mint, candle.Width, candle.Start);

    private static IEnumerable<CandleRow> Empty(PriceRecorded price) => CandleWidths.All.Select(width => new CandleRow
    {
        Mint = price.Mint,
        Width = (long)width.TotalMilliseconds,
        Start = CandleWidths.Start(price.At, width).ToUnixTimeMilliseconds(),
    });

    private static CandleRow With(CandleRow candle, decimal price) => candle with
    {
        Open = candle.Samples == 0 ? price : candle.Open,
        High = candle.Samples == 0 ? price : Math.Max(candle.High, price),
        Low = candle.Samples == 0 ? price : Math.Min(candle.Low, price),
        Close = price,
        Samples = candle.Samples + 1,
    };
}
