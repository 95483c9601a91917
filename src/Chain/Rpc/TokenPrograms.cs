namespace WildNOut.Chain.Rpc;

/// <summary>The programs that hold tokens.</summary>
internal static class TokenPrograms
{
    /// <summary>SPL Token.</summary>
    public const string Token = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

    /// <summary>Token-2022, also called Token Extensions.</summary>
    public const string Token2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";

    /// <summary>Both.</summary>
    public static readonly IReadOnlyList<string> All = [Token, Token2022];
}
