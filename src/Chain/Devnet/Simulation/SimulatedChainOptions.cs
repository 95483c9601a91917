namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>What a simulated chain is like. Equal options make equal chains.</summary>
public sealed record SimulatedChainOptions
{
    /// <summary>Where all chance comes from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The mint, base58.</summary>
    public string Mint { get; init; } = DevnetMint.Address;

    /// <summary>0 to 18.</summary>
    public int Decimals { get; init; } = 6;

    /// <summary>What the first blocks mint, in base units; at least a million.</summary>
    public ulong Supply { get; init; } = 1_000_000_000_000_000;

    /// <summary>Whether the mint belongs to Token-2022; a mint, and with it all of its accounts, belongs to one program only.</summary>
    public bool Token2022 { get; init; }

    /// <summary>The transfer fee in hundredths of a percent, 0 to 1,000; needs Token-2022.</summary>
    public int TransferFee { get; init; }

    /// <summary>How many wallets trade; at least 10.</summary>
    public int Wallets { get; init; } = 200;

    /// <summary>The most token accounts a wallet starts with; 1 to 10.</summary>
    public int AccountsPerWallet { get; init; } = 3;

    /// <summary>The first slot; at least 1.</summary>
    public ulong FirstSlot { get; init; } = 1_000;

    /// <summary>The time of slot 0.</summary>
    public DateTimeOffset Epoch { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long a slot is.</summary>
    public TimeSpan SlotTime { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How many slots a block waits until it is confirmed.</summary>
    public int ConfirmedAfter { get; init; } = 2;

    /// <summary>How many slots a block waits until it is finalized and can no longer be dropped.</summary>
    public int FinalizedAfter { get; init; } = 32;

    /// <summary>The share of slots without a block, 0 to 0.9.</summary>
    public double SkippedSlots { get; init; } = 0.04;

    /// <summary>The share of blocks whose time is null, 0 to 1.</summary>
    public double UnknownTimes { get; init; } = 0.02;

    /// <summary>How often each kind of transaction occurs.</summary>
    public TransactionMix Mix { get; init; } = new();

    /// <summary>How many blocks are kept at least; null for all. Older ones answer as cleaned up.</summary>
    public int? KeptBlocks { get; init; }

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        Require(Decimals is >= 0 and <= 18, nameof(Decimals));
        Require(Supply >= 1_000_000, nameof(Supply));
        Require(TransferFee is >= 0 and <= 1_000 && (TransferFee == 0 || Token2022), nameof(TransferFee));
        Require(Wallets >= 10, nameof(Wallets));
        Require(AccountsPerWallet is >= 1 and <= 10, nameof(AccountsPerWallet));
        Require(FirstSlot >= 1, nameof(FirstSlot));
        Require(ConfirmedAfter >= 0 && FinalizedAfter >= ConfirmedAfter, nameof(FinalizedAfter));
        Require(SkippedSlots is >= 0 and <= 0.9, nameof(SkippedSlots));
        Require(KeptBlocks is null || KeptBlocks > FinalizedAfter, nameof(KeptBlocks));
    }

    private static void Require(bool met, string option)
    {
        if (!met)
        {
            throw new ArgumentException($"{option} is out of range.", option);
        }
    }
}
