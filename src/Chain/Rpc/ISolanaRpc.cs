namespace WildNOut.Chain.Rpc;

/// <summary>
/// The reads of Solana's JSON-RPC that the platform needs, whoever answers them. Every call throws <see cref="RpcException"/> when the chain answered
/// with an error, and <see cref="RpcUnavailableException"/> when nobody could answer; a call may take as long as its retries.
/// </summary>
public interface ISolanaRpc
{
    /// <summary>The newest slot at a commitment.</summary>
    Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellation);

    /// <summary>The newest slot at a commitment, as one knows it who is not behind a slot.</summary>
    Task<ulong> GetSlotAsync(Commitment commitment, ulong minContextSlot, CancellationToken cancellation) => GetSlotAsync(commitment, cancellation);

    /// <summary>
    /// The slots that have a block, ascending, from <paramref name="first"/> to <paramref name="last"/> (at most 500,000 apart); commitment confirmed or
    /// finalized. Only a node that has reached <paramref name="last"/> at that commitment may answer, so that what is missing was skipped.
    /// </summary>
    Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellation);

    /// <summary>A block with its transactions, or without when <paramref name="transactions"/> is false; null when the slot was skipped or is gone from the store for good (-32007, -32009).</summary>
    Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, bool transactions, CancellationToken cancellation);

    /// <summary>Signatures of transactions that name an address, newest first.</summary>
    /// <param name="address">The address, base58.</param>
    /// <param name="before">Only older than this signature; null from the newest on.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="commitment">Confirmed or finalized.</param>
    /// <param name="minContextSlot">The answer must not be older than this slot; null for any.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<SignatureInfo>> GetSignaturesForAddressAsync(
        string address, string? before, int limit, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation);

    /// <summary>A transaction; null means "not yet at this commitment" and never "does not exist".</summary>
    Task<BlockTransaction?> GetTransactionAsync(string signature, Commitment commitment, CancellationToken cancellation);

    /// <summary>The supply of a mint.</summary>
    Task<InContext<TokenAmount>> GetTokenSupplyAsync(string mint, Commitment commitment, CancellationToken cancellation);

    /// <summary>All token accounts of an owner for a mint, of both token programs.</summary>
    Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByOwnerAsync(
        string owner, string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation);

    /// <summary>
    /// All token accounts of a mint, of both token programs (<c>getProgramAccounts</c> with the mint at offset 0), and the slot they hold for, which is not
    /// before <paramref name="minContextSlot"/>; null for any.
    /// </summary>
    Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByMintAsync(string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation);
}
