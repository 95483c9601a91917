using System.Text.Json.Serialization;

namespace WildNOut.Chain.Prices;

/// <summary>What the feeds answer, as far as it is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(FeedNumberConverter)])]
[JsonSerializable(typeof(Dictionary<string, JupiterPrice?>))]
[JsonSerializable(typeof(IReadOnlyList<DexScreenerPair?>))]
[JsonSerializable(typeof(CoinGeckoAnswer))]
[JsonSerializable(typeof(HermesAnswer))]
internal sealed partial class FeedJson : JsonSerializerContext;

internal sealed record JupiterPrice(decimal? UsdPrice, decimal? Liquidity);

internal sealed record DexScreenerPair(
    string? ChainId, DexScreenerToken? BaseToken, decimal? PriceUsd, DexScreenerLiquidity? Liquidity, DexScreenerVolume? Volume);

internal sealed record DexScreenerToken(string? Address);

internal sealed record DexScreenerLiquidity(decimal? Usd);

internal sealed record DexScreenerVolume(decimal? H24);

internal sealed record CoinGeckoAnswer(CoinGeckoData? Data);

internal sealed record CoinGeckoData(CoinGeckoAttributes? Attributes);

internal sealed record CoinGeckoAttributes(
    [property: JsonPropertyName("token_prices")] Dictionary<string, decimal?>? TokenPrices,
    [property: JsonPropertyName("h24_volume_usd")] Dictionary<string, decimal?>? Volumes,
    [property: JsonPropertyName("total_reserve_in_usd")] Dictionary<string, decimal?>? Reserves);

internal sealed record HermesAnswer(IReadOnlyList<HermesUpdate?>? Parsed);

internal sealed record HermesUpdate(string? Id, HermesPrice? Price);

internal sealed record HermesPrice(decimal? Price, int Expo, [property: JsonPropertyName("publish_time")] long PublishTime);
