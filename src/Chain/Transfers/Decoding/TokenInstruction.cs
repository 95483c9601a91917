namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>What an instruction of a token program does to token accounts.</summary>
internal enum TokenAction
{
    /// <summary>Tokens go from one account to another.</summary>
    Transfer,

    /// <summary>New tokens come to an account.</summary>
    Mint,

    /// <summary>Tokens of an account are no more.</summary>
    Burn,

    /// <summary>An account begins, empty, with an owner.</summary>
    Open,

    /// <summary>An account gets another owner.</summary>
    HandOver,

    /// <summary>Withheld transfer fees come to an account; how much is not told.</summary>
    CollectFees,
}

/// <summary>An instruction of a token program.</summary>
/// <param name="Action">What it does.</param>
/// <param name="OfMint">Whether it names the token's mint; when not, it may be about another token.</param>
/// <param name="From">The token account that gives or is given away; null where there is none.</param>
/// <param name="To">The token account that receives; null where there is none.</param>
/// <param name="Owner">The owner that an account gets; null where none does.</param>
/// <param name="Amount">What leaves, base units; null where none is told.</param>
/// <param name="Fee">What of it is withheld; null when that is not told.</param>
internal sealed record TokenInstruction(TokenAction Action, bool OfMint, string? From, string? To, string? Owner, ulong? Amount, ulong? Fee);
