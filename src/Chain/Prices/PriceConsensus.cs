using WildNOut.Actors.Token;

namespace WildNOut.Chain.Prices;

/// <summary>Which readings are believed.</summary>
public sealed record ConsensusRules
{
    /// <summary>Older readings do not count.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far from the median a reading may lie, as a part of the median.</summary>
    public decimal MaxDeviation { get; init; } = 0.10m;

    /// <summary>Readings with less behind them do not count, in USD; where a feed does not say, it counts.</summary>
    public decimal LeastLiquidityUsd { get; init; } = 1_000m;

    /// <summary>How far a feed's clock may run ahead of ours.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What the feeds agree on, and what each contributed.</summary>
/// <param name="Price">The price; null where they do not agree, or say nothing.</param>
/// <param name="Sources">Every feed, by name.</param>
public sealed record ConsensusResult(AgreedPrice? Price, IReadOnlyList<SourceReport> Sources);

/// <summary>
/// The price that feeds agree on: the median of the fresh ones without outliers, as long as more than half of the fresh ones agree. Where they do not, there is no
/// price: which of two that differ is right, nobody can tell from them.
/// </summary>
public static class PriceConsensus
{
    private const string Outlier = "It lies too far from what the others say.";
    private const string Disagreement = "The feeds do not agree.";

    /// <summary>Judges what the feeds say.</summary>
    /// <param name="observations">The newest of each feed, in any order.</param>
    /// <param name="rules">Which are believed.</param>
    /// <param name="now">The present.</param>
    public static ConsensusResult Of(IEnumerable<FeedObservation> observations, ConsensusRules rules, DateTimeOffset now)
    {
        var judged = observations.OrderBy(one => one.Source, StringComparer.Ordinal)
            .Select(one => (Observation: one, Refusal: Refusal(one, rules, now)))
            .ToList();
        var fresh = judged.Where(one => one.Refusal is null).Select(one => new Quote(one.Observation.Source, one.Observation.Reading!)).ToList();
        var agreeing = Agreeing(fresh, rules.MaxDeviation);
        return new ConsensusResult(
            agreeing.Count == 0 ? null : Median(agreeing),
            [.. judged.Select(one => Report(one.Observation, one.Refusal ?? Dissent(one.Observation, agreeing)))]);
    }

    private static string? Refusal(FeedObservation one, ConsensusRules rules, DateTimeOffset now) =>
        one.Reading is not { } reading ? one.Fault ?? "It has said nothing yet."
        : now - reading.At > rules.MaxAge ? one.Fault ?? "Its price is too old."
        : reading.At - now > rules.ClockSkew ? "Its price is from the future."
        : reading.LiquidityUsd < rules.LeastLiquidityUsd ? "Too little stands behind its price."
        : null;

    private static List<Quote> Agreeing(List<Quote> fresh, decimal maxDeviation)
    {
        if (fresh.Count == 0)
        {
            return [];
        }

        var median = Median(fresh).Value;
        var near = fresh.Where(quote => decimal.Abs(quote.Reading.Price - median) <= median * maxDeviation).ToList();
        return near.Count * 2 > fresh.Count ? near : [];
    }

    private static string? Dissent(FeedObservation one, List<Quote> agreeing) =>
        agreeing.Count == 0 ? Disagreement
        : agreeing.Any(quote => quote.Source == one.Source) ? null
        : Outlier;

    private static AgreedPrice Median(List<Quote> quotes)
    {
        var sorted = quotes.OrderBy(quote => quote.Reading.Price).ThenBy(quote => quote.Source, StringComparer.Ordinal).ToList();
        var (low, high) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        string[] sources = [.. quotes.Select(quote => quote.Source)];
        return low == high
            ? new AgreedPrice(low.Reading.Price, low.Reading.At, low.Source, sources)
            : new AgreedPrice(
                MarketRules.Price((low.Reading.Price + high.Reading.Price) / 2) ?? low.Reading.Price,
                low.Reading.At < high.Reading.At ? low.Reading.At : high.Reading.At,
                string.Join('+', new[] { low.Source, high.Source }.Order(StringComparer.Ordinal)),
                sources);
    }

    private static SourceReport Report(FeedObservation one, string? refusal) =>
        new(one.Source, one.Reading?.Price, one.Reading?.At, one.Reading?.LiquidityUsd, refusal);

    private sealed record Quote(string Source, PriceReading Reading);
}
