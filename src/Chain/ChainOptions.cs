using WildNOut.Chain.Rpc;

namespace WildNOut.Chain;

/// <summary>What one node is told about the chain and the price feeds, read and judged once at start.</summary>
public sealed record ChainOptions
{
    /// <summary>The mint of the token, base58 (<c>TOKEN_MINT_ADDRESS</c>).</summary>
    public required string Mint { get; init; }

    /// <summary>HTTP endpoints asked first (<c>SOLANA_RPC_URLS</c>); none together with <see cref="Devnet"/>.</summary>
    public IReadOnlyList<Uri> Primaries { get; init; } = [];

    /// <summary>HTTP endpoints asked when no primary can answer (<c>SOLANA_FALLBACK_RPC_URLS</c>).</summary>
    public IReadOnlyList<Uri> Fallbacks { get; init; } = [];

    /// <summary>The WebSocket endpoint (<c>SOLANA_WS_URL</c>); null to poll only.</summary>
    public Uri? WebSocket { get; init; }

    /// <summary>How transfers are found (<c>INGEST_MODE</c>).</summary>
    public IngestMode Mode { get; init; } = IngestMode.Blocks;

    /// <summary>Owners of known pools: what they give is a buy, what they take is a sale (<c>TOKEN_POOLS</c>).</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>The slot to begin with when the feed is empty (<c>INGEST_FROM_SLOT</c>); null for the newest.</summary>
    public ulong? FromSlot { get; init; }

    /// <summary>Price feeds by name, in no order of preference (<c>PRICE_FEEDS</c>), each with an address that stands in for its public one where given.</summary>
    public IReadOnlyList<PriceFeedAddress> PriceFeeds { get; init; } = [];

    /// <summary>How the HTTP endpoints are asked (<c>SOLANA_RPC_LIMIT</c>, <c>SOLANA_RPC_METHOD_LIMIT</c>).</summary>
    public RpcPoolOptions Rpc { get; init; } = new();

    /// <summary>Whether the built-in simulated chain and price feed run in this process, and stand in for all addresses.</summary>
    public bool Devnet { get; init; }
}

/// <summary>How transfers are found.</summary>
public enum IngestMode
{
    /// <summary>Every block is read: complete.</summary>
    Blocks,

    /// <summary>The histories of the mint and of its token accounts are read: for providers without a block walk.</summary>
    Accounts,
}

/// <summary>A price feed to ask.</summary>
/// <param name="Name"><c>jupiter</c>, <c>dexscreener</c>, <c>hermes</c> or <c>coingecko</c>.</param>
/// <param name="Address">The address to ask instead of the public one; null for that.</param>
/// <param name="Key">The key to the feed; null for none.</param>
/// <param name="FeedId">The number of the token's own price at a feed that knows prices by numbers (<c>hermes</c>), 64 hex digits; null where it has none, which leaves SOL/USD.</param>
public sealed record PriceFeedAddress(string Name, Uri? Address = null, string? Key = null, string? FeedId = null);
