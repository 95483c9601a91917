namespace WildNOut.Chain.Prices;

/// <summary>
/// DexScreener: the price in the deepest pool in which the token is the base. Pools in which it is the quote give the other token's price, and are left out.
/// </summary>
/// <param name="http">Asks.</param>
/// <param name="address">Where it is, with a slash at the end; null for the public one.</param>
public sealed class DexScreenerFeed(FeedHttp http, Uri? address = null) : IPriceFeed
{
    private static readonly Uri Public = new("https://api.dexscreener.com/");

    private readonly Uri _address = address ?? Public;

    /// <inheritdoc />
    public string Name => "dexscreener";

    /// <summary>300 questions a minute.</summary>
    public TimeSpan Spacing => TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public async Task<PriceReading?> ReadAsync(string mint, CancellationToken cancellation)
    {
        var (pairs, at) = await http.GetAsync(
            new Uri(_address, $"token-pairs/v1/solana/{Uri.EscapeDataString(mint)}"), default, FeedJson.Default.IReadOnlyListDexScreenerPair, cancellation);
        return pairs
            .Where(pair => pair is { ChainId: "solana", PriceUsd: not null } && pair.BaseToken?.Address == mint)
            .MaxBy(pair => pair!.Liquidity?.Usd ?? 0) is { PriceUsd: { } price } deepest
                ? new PriceReading(price, at, deepest.Liquidity?.Usd, deepest.Volume?.H24)
                : null;
    }
}
