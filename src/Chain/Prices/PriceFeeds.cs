namespace WildNOut.Chain.Prices;

/// <summary>The feeds that a node asks.</summary>
/// <param name="Token">For the price of the token.</param>
/// <param name="Sol">For SOL/USD; null for none.</param>
public sealed record PriceFeeds(IReadOnlyList<IPriceFeed> Token, IPriceFeed? Sol)
{
    /// <summary>Out of the options.</summary>
    /// <exception cref="ArgumentException">A feed has a name that nobody knows, is named twice, or has a number that is none.</exception>
    public static PriceFeeds Of(ChainOptions options, FeedHttp http)
    {
        if (options.PriceFeeds.GroupBy(feed => feed.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The price feed '{twice.Key}' is configured twice.", nameof(options));
        }

        var feeds = options.PriceFeeds.Select(feed => (Feed: Feed(feed, options.Mint, http), Asked: feed.Name != "hermes" || feed.FeedId is not null)).ToList();
        return new PriceFeeds([.. feeds.Where(feed => feed.Asked).Select(feed => feed.Feed)], feeds.Select(feed => feed.Feed).OfType<HermesFeed>().FirstOrDefault());
    }

    private static IPriceFeed Feed(PriceFeedAddress feed, string mint, FeedHttp http) => feed.Name switch
    {
        "jupiter" => new JupiterFeed(http, Folder(feed.Address), feed.Key),
        "dexscreener" => new DexScreenerFeed(http, Folder(feed.Address)),
        "coingecko" => new CoinGeckoFeed(http, Folder(feed.Address), feed.Key),
        "hermes" => new HermesFeed(
            http, Folder(feed.Address), feed.Key, feed.FeedId is { } id ? new Dictionary<string, string>(StringComparer.Ordinal) { [mint] = Number(id) } : null),
        _ => throw new ArgumentException($"Nobody knows a price feed '{feed.Name}'; there are jupiter, dexscreener, coingecko and hermes.", nameof(feed)),
    };

    private static string Number(string id)
    {
        var digits = id.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? id[2..] : id;
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit)
            ? digits.ToLowerInvariant()
            : throw new ArgumentException("The number of a price at hermes has 64 hex digits.", nameof(id));
    }

    private static Uri? Folder(Uri? address) =>
        address is null || address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
