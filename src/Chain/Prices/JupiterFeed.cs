namespace WildNOut.Chain.Prices;

/// <summary>Jupiter's price API, version 3. It leaves out tokens that it does not trust.</summary>
/// <param name="http">Asks.</param>
/// <param name="address">Where it is, with a slash at the end; null for the public one.</param>
/// <param name="key">The API key; null to ask without, at half the rate.</param>
public sealed class JupiterFeed(FeedHttp http, Uri? address = null, string? key = null) : IPriceFeed
{
    private static readonly Uri Public = new("https://api.jup.ag/");

    private readonly Uri _address = address ?? Public;

    /// <inheritdoc />
    public string Name => "jupiter";

    /// <inheritdoc />
    public TimeSpan Spacing { get; } = TimeSpan.FromSeconds(key is null ? 2 : 1);

    /// <inheritdoc />
    public async Task<PriceReading?> ReadAsync(string mint, CancellationToken cancellation)
    {
        var (prices, at) = await http.GetAsync(
            new Uri(_address, $"price/v3?ids={Uri.EscapeDataString(mint)}"), new FeedKey("x-api-key", key), FeedJson.Default.DictionaryStringJupiterPrice, cancellation);
        return prices.GetValueOrDefault(mint) is { UsdPrice: { } price } found ? new PriceReading(price, at, found.Liquidity) : null;
    }
}
