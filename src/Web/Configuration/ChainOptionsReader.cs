using System.Globalization;
using WildNOut.Actors.Engine;
using WildNOut.Chain;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Rpc;

namespace WildNOut.Web.Configuration;

/// <summary>Reads what the environment says about the chain. Addresses hold keys, so that no fault repeats one.</summary>
internal static class ChainOptionsReader
{
    private const string Mint = "TOKEN_MINT_ADDRESS";
    private const string Primaries = "SOLANA_RPC_URLS";
    private const string Fallbacks = "SOLANA_FALLBACK_RPC_URLS";
    private const string WebSocket = "SOLANA_WS_URL";
    private const string Feeds = "PRICE_FEEDS";

    private static readonly string[] ChainIds = ["mainnet", "testnet", "devnet", "localnet"];

    /// <summary>The names of price feeds, and the settings of those that take a key.</summary>
    private static readonly Dictionary<string, string?> KnownFeeds = new(StringComparer.Ordinal)
    {
        ["jupiter"] = "JUPITER_API_KEY",
        ["dexscreener"] = null,
        ["hermes"] = "HERMES_API_KEY",
        ["coingecko"] = "COINGECKO_API_KEY",
    };

    /// <summary>Reads and judges.</summary>
    /// <param name="read">Gives settings and gathers faults.</param>
    /// <param name="development">Whether the node runs in Development.</param>
    /// <param name="demo">Whether the demo is on, without which there is no devnet.</param>
    /// <returns>Null when there is nothing to do with a chain.</returns>
    public static ChainOptions? Read(EnvironmentReader read, bool development, bool demo)
    {
        var mint = Address(read, Mint);
        var options = new ChainOptions
        {
            Mint = mint ?? DevnetMint.Address,
            Primaries = Urls(read, Primaries, "http", "https"),
            Fallbacks = Urls(read, Fallbacks, "http", "https"),
            WebSocket = Urls(read, WebSocket, "ws", "wss") is [var url, ..] ? url : null,
            Mode = Mode(read),
            FromSlot = Slot(read),
            Pools = Addresses(read),
            PriceFeeds = PriceFeeds(read),
            Rpc = new RpcPoolOptions
            {
                CallsPerWindow = read.Number("SOLANA_RPC_LIMIT", 100, 0, 1_000_000),
                CallsPerMethodPerWindow = read.Number("SOLANA_RPC_METHOD_LIMIT", 40, 0, 1_000_000),
            },
        };
        if (development && demo && read.Text(Primaries) is null && read.Text(Fallbacks) is null && read.Text(WebSocket) is null)
        {
            return Devnet(options);
        }

        JudgeTogether(read);
        return mint is null ? null : options;
    }

    /// <summary>The chain that sign-in messages name.</summary>
    /// <param name="read">Gives settings and gathers faults.</param>
    /// <param name="chain">The chain that is read; null for none.</param>
    public static string ChainId(EnvironmentReader read, ChainOptions? chain)
    {
        var text = read.Text("SOLANA_CHAIN_ID")?.ToLowerInvariant() ?? (chain is { Devnet: true } ? "localnet" : "mainnet");
        if (!ChainIds.Contains(text, StringComparer.Ordinal))
        {
            read.Fault("SOLANA_CHAIN_ID", $"'{text}' is none of {string.Join(", ", ChainIds)}.");
        }

        return text;
    }

    /// <summary>The devnet has one token, its own, and stands in for all endpoints and feeds; it needs no limits.</summary>
    private static ChainOptions Devnet(ChainOptions options) => options with
    {
        Mint = DevnetMint.Address,
        Devnet = true,
        PriceFeeds = options.PriceFeeds.Count > 0 ? options.PriceFeeds : [.. KnownFeeds.Keys.Select(name => new PriceFeedAddress(name))],
        Rpc = options.Rpc with { CallsPerWindow = 0, CallsPerMethodPerWindow = 0 },
    };

    private static void JudgeTogether(EnvironmentReader read)
    {
        if (read.Text(Mint) is null)
        {
            foreach (var name in new[] { Primaries, Fallbacks, WebSocket }.Where(name => read.Text(name) is not null))
            {
                read.Fault(Mint, $"is missing, but {name} is set.");
            }
        }
        else if (read.Text(Primaries) is null)
        {
            read.Fault(Primaries, $"is missing, but {Mint} is set.");
        }
    }

    private static List<Uri> Urls(EnvironmentReader read, string name, params ReadOnlySpan<string> schemes)
    {
        List<Uri> urls = [];
        var parts = read.List(name);
        for (var i = 0; i < parts.Count; i++)
        {
            if (Url(parts[i], schemes) is { } url)
            {
                urls.Add(url);
            }
            else
            {
                read.Fault(name, string.Create(CultureInfo.InvariantCulture, $"part {i + 1} is not an address that begins with {string.Join(":// or ", schemes)}://."));
            }
        }

        if (name == WebSocket && parts.Count > 1)
        {
            read.Fault(name, "takes one address.");
        }

        return urls;
    }

    private static Uri? Url(string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme) && url.Host.Length > 0 ? url : null;

    private static string? Address(EnvironmentReader read, string name)
    {
        var text = read.Text(name);
        if (text is null || SolanaAddress.IsValid(text))
        {
            return text;
        }

        read.Fault(name, "is not an address: base58 of 32 bytes.");
        return null;
    }

    private static List<string> Addresses(EnvironmentReader read)
    {
        List<string> addresses = [];
        foreach (var text in read.List("TOKEN_POOLS").Distinct(StringComparer.Ordinal))
        {
            if (SolanaAddress.IsValid(text))
            {
                addresses.Add(text);
            }
            else
            {
                read.Fault("TOKEN_POOLS", $"'{text}' is not an address: base58 of 32 bytes.");
            }
        }

        return addresses;
    }

    private static IngestMode Mode(EnvironmentReader read)
    {
        var text = read.Text("INGEST_MODE") ?? WireEnum<IngestMode>.Name(IngestMode.Blocks);
        if (!WireEnum<IngestMode>.TryParse(text.ToLowerInvariant(), out var mode))
        {
            read.Fault("INGEST_MODE", $"'{text}' is none of {string.Join(", ", WireEnum<IngestMode>.Names)}.");
        }

        return mode;
    }

    private static ulong? Slot(EnvironmentReader read)
    {
        if (read.Text("INGEST_FROM_SLOT") is not { } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
        {
            return slot;
        }

        read.Fault("INGEST_FROM_SLOT", $"'{text}' is not a slot.");
        return null;
    }

    private static List<PriceFeedAddress> PriceFeeds(EnvironmentReader read)
    {
        List<PriceFeedAddress> feeds = [];
        var parts = read.List(Feeds);
        for (var i = 0; i < parts.Count; i++)
        {
            if (Feed(read, parts[i]) is not { } feed)
            {
                read.Fault(Feeds, string.Create(
                    CultureInfo.InvariantCulture,
                    $"part {i + 1} is neither one of {string.Join(", ", KnownFeeds.Keys)} nor such a name with =http://… or =https://… behind it."));
            }
            else if (feeds.Any(other => other.Name == feed.Name))
            {
                read.Fault(Feeds, $"names {feed.Name} twice.");
            }
            else
            {
                feeds.Add(feed);
            }
        }

        return feeds;
    }

    private static PriceFeedAddress? Feed(EnvironmentReader read, string text)
    {
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        var name = parts[0].ToLowerInvariant();
        var address = parts.Length == 2 ? Url(parts[1], "http", "https") : null;
        return KnownFeeds.TryGetValue(name, out var key) && (parts.Length == 1 || address is not null)
            ? new PriceFeedAddress(name, address, key is null ? null : read.Text(key))
            : null;
    }
}
