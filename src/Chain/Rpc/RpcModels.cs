namespace WildNOut.Chain.Rpc;

/// <summary>A value and the slot at which it held.</summary>
public sealed record InContext<T>(ulong Slot, T Value);

/// <summary>A quantity of a token.</summary>
/// <param name="Amount">Base units.</param>
/// <param name="Decimals">0 to 255; base units are 10^-decimals of a token.</param>
public sealed record TokenAmount(ulong Amount, int Decimals);

/// <summary>A token account.</summary>
/// <param name="Address">The account, base58.</param>
/// <param name="Owner">The wallet it belongs to, base58.</param>
/// <param name="Amount">Base units.</param>
public sealed record TokenAccount(string Address, string Owner, ulong Amount);

/// <summary>A line of <c>getSignaturesForAddress</c>.</summary>
/// <param name="Signature">Base58 of 64 bytes.</param>
/// <param name="Slot">Where it landed.</param>
/// <param name="Failed">Whether the transaction failed, so that it moved nothing.</param>
public sealed record SignatureInfo(string Signature, ulong Slot, bool Failed);

/// <summary>A block.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Hash">Its block hash, base58.</param>
/// <param name="ParentSlot">The slot of the block before.</param>
/// <param name="ParentHash">The block hash of the block before.</param>
/// <param name="Time">When it was made, as validators estimate; null where unknown.</param>
/// <param name="Transactions">Its transactions in chain order; empty when they were not asked for.</param>
public sealed record Block(
    ulong Slot, string Hash, ulong ParentSlot, string ParentHash, DateTimeOffset? Time, IReadOnlyList<BlockTransaction> Transactions);

/// <summary>A transaction as the node sent it: its JSON (<c>jsonParsed</c>), decoded only where it names the token.</summary>
/// <param name="Slot">The slot it landed in.</param>
/// <param name="Time">The time of its block; null where unknown.</param>
/// <param name="Json">The object with <c>transaction</c>, <c>meta</c> and <c>version</c>, UTF-8.</param>
public sealed record BlockTransaction(ulong Slot, DateTimeOffset? Time, ReadOnlyMemory<byte> Json);
