namespace WildNOut.Chain.Devnet;

/// <summary>What a server of the devnet can do wrong.</summary>
public enum DevnetFault
{
    /// <summary>Connections are reset, open WebSockets too.</summary>
    Down,

    /// <summary>429 with <c>Retry-After</c> of <see cref="FaultRule.RetryAfter"/>.</summary>
    Throttled,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>Answers come <see cref="FaultRule.Delay"/> later.</summary>
    Slow,

    /// <summary>200 with something that is no JSON.</summary>
    Garbage,

    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>200 with half of the answer.</summary>
    Truncated,

    /// <summary>An answer to another request.</summary>
    WrongId,

    /// <summary>Answers as of <see cref="FaultRule.Slots"/> slots ago.</summary>
    Stale,

    /// <summary>Answers that speak of another mint; without a method named, those about token accounts only.</summary>
    WrongMint,

    /// <summary>Pages of signatures that leave some out.</summary>
    OmittedSignatures,

    /// <summary>Pages of signatures that have some twice.</summary>
    RepeatedSignatures,

    /// <summary>Pages of signatures in another order within each slot.</summary>
    ReorderedSignatures,

    /// <summary><c>getTransaction</c> answers null for transactions younger than <see cref="FaultRule.Slots"/> slots, or of any age when that is 0.</summary>
    TransactionNotYet,

    /// <summary><c>getBlock</c> answers -32004 for blocks younger than <see cref="FaultRule.Slots"/> slots, or of any age when that is 0.</summary>
    BlockNotYet,

    /// <summary><c>getBlocks</c> leaves about every eighth slot out.</summary>
    OmittedBlocks,

    /// <summary><c>getBlocks</c> has some slots twice.</summary>
    RepeatedBlocks,

    /// <summary>WebSockets are dropped <see cref="FaultRule.Delay"/> after they were opened.</summary>
    SocketDropped,
}

/// <summary>When and how a fault strikes.</summary>
public sealed record FaultRule
{
    /// <summary>How likely it strikes each time, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many times it strikes at most; null for no bound.</summary>
    public int? Count { get; init; }

    /// <summary>The only method it strikes, such as <c>getBlock</c>, or <c>jupiter</c>, <c>dexscreener</c>, <c>coingecko</c>, <c>hermes</c>, or <c>socket</c>; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>In whole seconds; null to leave the header out.</summary>
    public int? RetryAfter { get; init; } = 1;

    /// <summary>How many slots; at most 500.</summary>
    public ulong Slots { get; init; }
}
