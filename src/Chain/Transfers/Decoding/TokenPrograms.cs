namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>The two token programs.</summary>
internal static class TokenPrograms
{
    /// <summary>The classic one.</summary>
    public static ReadOnlySpan<byte> Token => "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"u8;

    /// <summary>The newer one, whose transfers may cost a fee.</summary>
    public static ReadOnlySpan<byte> Token2022 => "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"u8;
}
