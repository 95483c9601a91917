namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Where a block stands in the chain.</summary>
internal sealed record BlockLink(ulong Slot, string Hash, ulong Height);

/// <summary>A block.</summary>
/// <param name="Link">Its own place.</param>
/// <param name="Parent">The block before.</param>
/// <param name="Time">Unix seconds; null where unknown.</param>
/// <param name="Transactions">In chain order.</param>
internal sealed record SimulatedBlock(BlockLink Link, BlockLink Parent, long? Time, IReadOnlyList<SimulatedTransaction> Transactions)
{
    public ulong Slot => Link.Slot;

    /// <summary>All token accounts after the block; null when it is too long ago.</summary>
    public TokenState? State { get; set; }
}
