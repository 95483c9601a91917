namespace WildNOut.Chain.Prices;

/// <summary>A source of prices that is asked.</summary>
public interface IPriceFeed
{
    /// <summary>Such as <c>jupiter</c>.</summary>
    string Name { get; }

    /// <summary>The least time between two questions, by the terms of whoever answers.</summary>
    TimeSpan Spacing { get; }

    /// <summary>The present price of a mint; null when the feed does not know it.</summary>
    /// <exception cref="FeedException">No answer that can be used.</exception>
    Task<PriceReading?> ReadAsync(string mint, CancellationToken cancellation);
}

/// <summary>A source that also tells prices by itself as they change.</summary>
public interface IStreamedPriceFeed : IPriceFeed
{
    /// <summary>Prices of a mint from now on. Ends, or throws <see cref="FeedException"/>, when the connection drops; nothing is repeated afterwards.</summary>
    IAsyncEnumerable<PriceReading> StreamAsync(string mint, CancellationToken cancellation);
}

/// <summary>What a feed said.</summary>
/// <param name="Price">USD for a whole token; whatever the feed says, not yet judged.</param>
/// <param name="At">From when it is: the feed's own time where it gives one, else when it was read, less the age of a cached answer.</param>
/// <param name="LiquidityUsd">What stands behind the price, in USD; null where unknown.</param>
/// <param name="Volume24hUsd">What was traded in the last 24 hours, in USD; null where unknown.</param>
public sealed record PriceReading(decimal Price, DateTimeOffset At, decimal? LiquidityUsd = null, decimal? Volume24hUsd = null);

/// <summary>A feed gave no answer that can be used.</summary>
/// <param name="message">Why, for operators and for whoever looks at the sources; never with a key in it.</param>
/// <param name="retryAfter">How long the feed wants to be left alone; null where it does not say.</param>
/// <param name="cause">What lies behind it.</param>
public sealed class FeedException(string message, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How long the feed wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
