namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>
/// How a chain lives by the clock. Time falls into eras. In its second half an era undoes what it did in its first, so that every era but the first, which
/// mints the supply, begins and ends with the same balances: any process can take up the chain at the beginning of any era, and makes the
/// very blocks that every other process made or will make of it.
/// </summary>
/// <param name="Slots">The length of an era, even.</param>
/// <param name="TransactionsPerSecond">How many transactions there are in the mean.</param>
public sealed record EraOptions(int Slots = 3_000, double TransactionsPerSecond = 3);
