using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet;

/// <summary>How the devnet runs beside a node.</summary>
public sealed record DevnetOptions
{
    /// <summary>The port of the loopback address; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// What the chain is like. Slots follow from the clock and blocks from the slot, so that every process with the same options, now or after
    /// a restart, sees the same chain. The first era mints the supply: who reads from slot 0 can rebuild all balances.
    /// </summary>
    public SimulatedChainOptions Chain { get; init; } = new() { Epoch = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), KeptBlocks = 20_000 };

    /// <summary>How busy it is.</summary>
    public EraOptions Eras { get; init; } = new();
}
