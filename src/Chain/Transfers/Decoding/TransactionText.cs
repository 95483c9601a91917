namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>What the JSON of a transaction says about the token, not yet judged.</summary>
internal sealed class TransactionText
{
    /// <summary>The first signature; null when there is none that could be one.</summary>
    public string? Signature { get; set; }

    /// <summary>A version that is not known here; null for a known one.</summary>
    public string? UnknownVersion { get; set; }

    /// <summary>Whether there is a <c>meta</c>.</summary>
    public bool HasMeta { get; set; }

    /// <summary>Whether it failed, so that it moved nothing.</summary>
    public bool Failed { get; set; }

    /// <summary>The transaction's addresses; null where no balance of the token names one, or it cannot be one.</summary>
    public string?[] Addresses { get; set; } = [];

    /// <summary>The token's balances before; null when the node does not tell.</summary>
    public List<TokenBalance>? Before { get; set; }

    /// <summary>The token's balances after; null when the node does not tell.</summary>
    public List<TokenBalance>? After { get; set; }

    /// <summary>Instructions that may concern the token, in the order of the text.</summary>
    public List<InstructionGroup> Instructions { get; } = [];
}

/// <summary>A line of <c>preTokenBalances</c> or <c>postTokenBalances</c>.</summary>
/// <param name="Account">The place of the token account among the transaction's addresses.</param>
/// <param name="Owner">Its owner; null when missing or no address.</param>
/// <param name="Amount">Base units; null when missing or no 64-bit number.</param>
/// <param name="Token2022">Whether the account belongs to the newer token program, which knows transfer fees.</param>
internal readonly record struct TokenBalance(int Account, string? Owner, ulong? Amount, bool Token2022);

/// <summary>Instructions of the token programs that were carried out one after the other.</summary>
/// <param name="Outer">The place of the outer instruction.</param>
/// <param name="Inner">Whether that called them, or is them itself.</param>
/// <param name="Instructions">In order.</param>
internal readonly record struct InstructionGroup(int Outer, bool Inner, List<TokenInstruction> Instructions);
