namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Addresses of programs and mints, as on the public chain.</summary>
internal static class Programs
{
    public const string System = "11111111111111111111111111111111";
    public const string Token = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    public const string Token2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
    public const string AssociatedToken = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL";
    public const string ComputeBudget = "ComputeBudget111111111111111111111111111111";
    public const string Raydium = "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8";
    public const string Orca = "whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc";
    public const string Router = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4";

    /// <summary>The other mint of the devnet: what pools trade the token for.</summary>
    public const string WrappedSol = "So11111111111111111111111111111111111111112";

    public const int SolDecimals = 9;
}
