namespace WildNOut.Actors.Token;

/// <summary>From the state of a market to what clients see.</summary>
internal static class MarketViews
{
    /// <summary>The market at an instant.</summary>
    public static MarketView View(MarketState state, DateTimeOffset now)
    {
        var latest = state.Latest;
        var volume = state.Observed?.Volume24h;
        return new MarketView(
            state.Mint,
            state.Supply?.Decimals,
            latest?.Price,
            latest?.From,
            latest?.PriceAt,
            Age(latest?.PriceAt, now),
            latest is null || now - latest.PriceAt > MarketRules.StaleAfter,
            state.MarketCap,
            state.Supply?.Amount,
            state.Supply is { } supply ? MarketRules.Display(supply.Amount, supply.Decimals) : null,
            Change(state),
            volume,
            volume is { } tokens && latest is { } priced ? InUsd(tokens, priced.Price) : null,
            state.Observed?.SolPrice,
            [.. (state.Observed?.Sources ?? []).Select(source => View(source, now))]);
    }

    /// <summary>The change over a day; null where the price of a day before the newest one is unknown.</summary>
    public static decimal? Change(MarketState state) =>
        state.Latest is { } latest && state.Day.At(latest.At - PriceDay.Reach) is { } before ? MarketRules.Change(before, latest.Price) : null;

    private static PriceSourceView View(SourceReport source, DateTimeOffset now) =>
        new(source.Source, source.Price, source.At, Age(source.At, now), source.LiquidityUsd, source.Refusal is null, source.Refusal, source.LastFailure, source.LastFailureAt);

    private static decimal? InUsd(decimal tokens, decimal price) =>
        tokens <= decimal.MaxValue / MarketRules.HighestPrice ? MarketRules.Normal(Math.Round(tokens * price, 2)) : null;

    private static long? Age(DateTimeOffset? at, DateTimeOffset now) => at is { } then ? Math.Max(0, (long)(now - then).TotalSeconds) : null;
}
