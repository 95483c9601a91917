namespace WildNOut.Chain.Prices;

/// <summary>CoinGecko's on-chain prices.</summary>
/// <param name="http">Asks.</param>
/// <param name="address">Where it is, with a slash at the end; null for the public one.</param>
/// <param name="key">The API key; null to ask without.</param>
public sealed class CoinGeckoFeed(FeedHttp http, Uri? address = null, string? key = null) : IPriceFeed
{
    private static readonly Uri Public = new("https://api.coingecko.com/api/v3/");

    private readonly Uri _address = address ?? Public;

    /// <inheritdoc />
    public string Name => "coingecko";

    /// <summary>30 questions a minute on the smallest plan.</summary>
    public TimeSpan Spacing => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<PriceReading?> ReadAsync(string mint, CancellationToken cancellation)
    {
        var path = $"onchain/simple/networks/solana/token_price/{Uri.EscapeDataString(mint)}?include_24hr_vol=true&include_total_reserve_in_usd=true";
        var header = _address.Host.StartsWith("pro-", StringComparison.Ordinal) ? "x-cg-pro-api-key" : "x-cg-demo-api-key";
        var (answer, at) = await http.GetAsync(new Uri(_address, path), new FeedKey(header, key), FeedJson.Default.CoinGeckoAnswer, cancellation);
        var found = answer.Data?.Attributes;
        return found?.TokenPrices?.GetValueOrDefault(mint) is { } price
            ? new PriceReading(price, at, found.Reserves?.GetValueOrDefault(mint), found.Volumes?.GetValueOrDefault(mint))
            : null;
    }
}
