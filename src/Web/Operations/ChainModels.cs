using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;

namespace WildNOut.Web.Operations;

/// <summary>How the platform gets on with the chain.</summary>
/// <param name="Ingest">How far the token's feed is behind, and which node reads; null while the feed does not answer.</param>
/// <param name="Prices">The market and its price feeds; null while the market does not answer.</param>
/// <param name="Endpoints">The endpoints as this node sees them.</param>
public sealed record ChainDetails(IngestView? Ingest, MarketDetails? Prices, IReadOnlyList<EndpointReport> Endpoints);

/// <summary>The price and where it comes from.</summary>
/// <param name="Price">USD for a whole token; null while unknown.</param>
/// <param name="At">From when that is.</param>
/// <param name="Age">Seconds since then.</param>
/// <param name="Stale">Whether it is unknown or older than two minutes.</param>
/// <param name="Sources">The price feeds; none until they were asked since the market was last loaded.</param>
public sealed record MarketDetails(decimal? Price, DateTimeOffset? At, long? Age, bool Stale, IReadOnlyList<PriceFeedDetails> Sources);

/// <summary>How a price feed is.</summary>
/// <param name="Source">The feed.</param>
/// <param name="Price">USD for a whole token; null where it has said nothing yet.</param>
/// <param name="At">From when that is.</param>
/// <param name="Age">Seconds since then.</param>
/// <param name="Stale">Whether it has said nothing, or what it said is too old to count.</param>
/// <param name="Refusal">Why its price is not used; null when it is.</param>
/// <param name="LastFailure">What went wrong last in asking it, be it well again; null for nothing.</param>
/// <param name="LastFailureAt">When that was.</param>
public sealed record PriceFeedDetails(
    string Source, decimal? Price, DateTimeOffset? At, long? Age, bool Stale, string? Refusal, string? LastFailure, DateTimeOffset? LastFailureAt);
