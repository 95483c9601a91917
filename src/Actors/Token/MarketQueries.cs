using System.ComponentModel;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>Asks for the market; answered with <see cref="MarketView"/>, all unknown for a mint that nobody watches.</summary>
public sealed record GetMarket : IQuery;

/// <summary>A market as clients see it. What is unknown is null and never 0.</summary>
public sealed record MarketView(
    string Mint,
    [property: Description("0 to 255; base units are 10^-decimals of a token.")] int? Decimals,
    [property: Description("USD for a whole token, exact: the median of the price feeds that agree. Kept with its age when feeds fall silent.")] decimal? Price,
    [property: Description("The feed whose price it is, or the two it lies between, joined by +.")] string? PriceSource,
    DateTimeOffset? PriceAt,
    [property: Description("Seconds since priceAt.")] long? PriceAge,
    [property: Description("Whether the price is unknown or older than two minutes.")] bool Stale,
    [property: Description("USD: price × totalSupply.")] decimal? MarketCap,
    [property: Description("Base units."), JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] ulong? TotalSupply,
    [property: Description("Whole tokens.")] string? TotalSupplyDisplay,
    [property: Description("Percent, against the price 24 hours before, between the two points around it.")] decimal? PriceChange24h,
    [property: Description("Whole tokens that moved on the chain in the last 24 hours, as the transaction feed saw them.")] decimal? Volume24h,
    [property: Description("The same at the present price.")] decimal? Volume24hUsd,
    [property: Description("USD for a SOL.")] decimal? SolPrice,
    IReadOnlyList<PriceSourceView> Sources) : IReply
{
    /// <summary>The same without what merely grows older: two views are the same to clients when these are equal.</summary>
    public MarketView WithoutAges() => this with { PriceAge = null, Sources = [.. Sources.Select(source => source with { Age = null })] };
}

/// <summary>A price feed as clients see it.</summary>
public sealed record PriceSourceView(
    string Source,
    [property: Description("USD for a whole token.")] decimal? Price,
    DateTimeOffset? At,
    [property: Description("Seconds since at.")] long? Age,
    [property: Description("What stands behind the price, in USD.")] decimal? LiquidityUsd,
    [property: Description("Whether the price rests on it.")] bool Used,
    [property: Description("Why it does not.")] string? Refusal,
    [property: Description("What went wrong last in asking it, be it well again; absent for nothing."), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastFailure = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastFailureAt = null);
