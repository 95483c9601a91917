namespace WildNOut.Chain.Devnet;

/// <summary>The token of the built-in devnet.</summary>
public static class DevnetMint
{
    /// <summary>The mint, base58 of 32 bytes.</summary>
    public const string Address = "DvxGrHnHTBPFq6hdRjHsQfd4aYEmCrkk98aXzDV9SnnX";
}
