namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>A block was made.</summary>
/// <param name="Processed">The block.</param>
/// <param name="Confirmed">The blocks that are confirmed by it, ascending.</param>
/// <param name="Finalized">The blocks that are finalized by it, ascending.</param>
/// <param name="Root">The newest finalized slot.</param>
internal sealed record ChainStep(SimulatedBlock Processed, IReadOnlyList<SimulatedBlock> Confirmed, IReadOnlyList<SimulatedBlock> Finalized, ulong Root);

/// <summary>How often the chain goes another way by itself.</summary>
/// <param name="Probability">After each block, 0 to 1.</param>
/// <param name="Depth">The most blocks that are dropped; never a finalized one.</param>
/// <param name="Relanded">The share of dropped transactions that land again under the same signature, 0 to 1.</param>
public sealed record ForkRate(double Probability, int Depth = 8, double Relanded = 0.8);
