using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What the one who reads the chain says to the feed of a mint. Each is answered with the <see cref="FeedTip"/> as it is afterwards, applied or not.</summary>
public interface IFeedCommand : ICommand
{
    /// <summary>The mint, base58.</summary>
    string Mint { get; }
}

/// <summary>
/// Blocks that follow on the tip of the feed. Applied only when <paramref name="After"/> is the tip (or the feed is empty), so that two readers, a repeat,
/// or a reader that lost its place can neither double nor omit anything: the answer says where to go on.
/// </summary>
/// <remarks>
/// Movements that are recorded already, by (signature, index), and not finalized yet are passed over. A reader that sees no blocks (the hash of <paramref name="Upto"/> is null)
/// may list slots up to its tip too, for what it found late; those that are finalized are passed over.
/// </remarks>
/// <param name="Mint">The mint.</param>
/// <param name="After">The last block before these, as the reader saw it.</param>
/// <param name="Upto">The last block that was read; blocks without movements are not listed.</param>
/// <param name="Blocks">The blocks with movements or parked transactions, ascending.</param>
/// <param name="Finalized">Whether all of them are finalized already, and so everything before them.</param>
/// <param name="Decimals">The decimals of the mint; null where the reader has not seen them. The first that are known hold.</param>
public sealed record RecordBlocks(
    string Mint, BlockId After, BlockId Upto, IReadOnlyList<FeedBlock> Blocks, bool Finalized, int? Decimals = null) : IFeedCommand;

/// <summary>
/// The block is finalized, and so is everything before it. Not applied when the block is beyond the tip, or when the feed holds another one in its slot: then the reader
/// has to record or to withdraw first.
/// </summary>
public sealed record FinalizeBlocks(string Mint, BlockId Upto) : IFeedCommand;

/// <summary>The chain went another way after a block: everything recorded after it is withdrawn, newest first, and it is the tip again.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Tip">The tip as the reader knows it; nothing happens when it is another by now.</param>
/// <param name="After">The last block that both ways have in common; nothing happens when it lies before the finalized one.</param>
public sealed record WithdrawBlocks(string Mint, BlockId Tip, BlockId After) : IFeedCommand;

/// <summary>
/// What a stretch of the chain finally holds, from a reader that sees no blocks (mode <c>accounts</c>): recorded movements that are in it become finalized, those that are
/// missing are withdrawn, those that were not recorded are added, and one that finally landed in another slot is withdrawn and added there.
/// </summary>
/// <param name="Mint">The mint.</param>
/// <param name="After">The finalized slot before the stretch; nothing happens when it is another by now. Before the first finalized slot any will do.</param>
/// <param name="Upto">The last slot of the stretch; the tip moves there when it is behind.</param>
/// <param name="Blocks">All movements of the stretch, ascending.</param>
/// <param name="Decimals">As in <see cref="RecordBlocks"/>.</param>
public sealed record ReconcileBlocks(string Mint, ulong After, ulong Upto, IReadOnlyList<FeedBlock> Blocks, int? Decimals = null) : IFeedCommand;

/// <summary>Where the feed of a mint stands.</summary>
public sealed record GetFeed(string Mint) : IQuery;

/// <summary>A block.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Hash">Its hash; null where the reader sees no blocks.</param>
public sealed record BlockId(ulong Slot, string? Hash);

/// <summary>What a block holds of the token.</summary>
/// <param name="Id">The block.</param>
/// <param name="Time">When it was made; null where unknown.</param>
/// <param name="Movements">In chain order.</param>
/// <param name="Parked">Transactions that could not be understood.</param>
public sealed record FeedBlock(BlockId Id, DateTimeOffset? Time, IReadOnlyList<Movement> Movements, IReadOnlyList<ParkedTransaction> Parked);

/// <summary>A transaction that names the token and could not be understood: the feed goes on without it, and an operator is told.</summary>
/// <param name="Signature">The transaction, or where it stood when it has no readable signature.</param>
/// <param name="Reason">One sentence.</param>
public sealed record ParkedTransaction(string Signature, string Reason);

/// <summary>Where the feed stands.</summary>
/// <param name="Applied">
/// Whether what the command it answers asks for holds: it was applied now, or the feed stands just there already (as after a repeat). False says that the reader must go on from here
/// instead. True for a query.
/// </param>
/// <param name="Tip">The last block that was read; null while the feed is empty.</param>
/// <param name="Finalized">The newest block known to be finalized; null before the first.</param>
/// <param name="Position">The position of the newest line of the feed; 0 while it is empty.</param>
/// <param name="Unfinalized">The blocks with movements after the finalized one, ascending.</param>
public sealed record FeedTip(bool Applied, BlockId? Tip, BlockId? Finalized, long Position, IReadOnlyList<BlockId> Unfinalized) : IReply;
