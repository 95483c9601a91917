using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What each price feed says, and what else is known besides the price: for those who look, never journalled.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Sources">The newest of each feed.</param>
/// <param name="Volume24h">Whole tokens that moved in the last 24 hours; null where nobody counts them.</param>
/// <param name="SolPrice">USD for a SOL; null where unknown.</param>
public sealed record SourcesObserved(string Mint, IReadOnlyList<SourceReport> Sources, decimal? Volume24h, decimal? SolPrice) : ISignal;

/// <summary>What one price feed says.</summary>
/// <param name="Source">The feed.</param>
/// <param name="Price">USD for a whole token; null where it has said nothing yet.</param>
/// <param name="At">From when that is.</param>
/// <param name="LiquidityUsd">How much stands behind the price, in USD; null where the feed does not say.</param>
/// <param name="Refusal">Why the price is not used; null when it is.</param>
/// <param name="LastFailure">What went wrong last in asking the feed, be it well again; null for nothing.</param>
/// <param name="LastFailureAt">When that was.</param>
public sealed record SourceReport(
    string Source,
    decimal? Price,
    DateTimeOffset? At,
    decimal? LiquidityUsd,
    string? Refusal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastFailure = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastFailureAt = null);

/// <summary>The sample was taken.</summary>
/// <param name="MarketCap">The market cap after it, in USD; null while price or supply is unknown.</param>
public sealed record SampleTaken(decimal? MarketCap) : IReply;
