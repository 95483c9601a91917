namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>A successful transaction, as far as it concerns the token.</summary>
/// <param name="Signature">Base58.</param>
/// <param name="Accounts">The token accounts it touched, in the order of the transaction's addresses.</param>
/// <param name="Changes">By how much the balance of each of their owners changed, in the same order.</param>
/// <param name="Instructions">In the order of execution.</param>
internal sealed record TokenTransaction(
    string Signature, IReadOnlyList<AccountChange> Accounts, OrderedDictionary<string, Int128> Changes, IReadOnlyList<TokenInstruction> Instructions)
{
    /// <summary>Judges a text.</summary>
    /// <returns>The transaction; null, with the reason in one sentence, when the text cannot be understood.</returns>
    public static TokenTransaction? Of(TransactionText text, out string reason)
    {
        reason = Fault(text) ?? "";
        if (reason.Length > 0)
        {
            return null;
        }

        var accounts = AccountChange.Join(text.Addresses, text.Before!, text.After!);
        return new TokenTransaction(text.Signature!, accounts, PerOwner(accounts), InOrder(text.Instructions));
    }

    private static string? Fault(TransactionText text) => text switch
    {
        { UnknownVersion: { } version } => UnknownVersion(version),
        { HasMeta: false } => "The node sent no meta.",
        { Signature: null } => "It has no readable signature.",
        { Before: null } or { After: null } => "The node sent no token balances.",
        _ => Fault(text.Before, text.Addresses) ?? Fault(text.After, text.Addresses),
    };

    /// <summary>Why a version cannot be understood.</summary>
    public static string UnknownVersion(string version) => $"Transaction version {version} is not known.";

    private static string? Fault(List<TokenBalance> balances, string?[] addresses)
    {
        UInt128 total = 0;
        HashSet<int> seen = new(balances.Count);
        foreach (var balance in balances)
        {
            if (Fault(balance, addresses) is { } fault)
            {
                return fault;
            }

            if (!seen.Add(balance.Account))
            {
                return $"Token account {balance.Account} has two balances at once.";
            }

            total += balance.Amount ?? 0;
        }

        // No supply is larger, so together the accounts of a token never hold more.
        return total > ulong.MaxValue ? "The balances are beyond 64 bits together." : null;
    }

    private static string? Fault(TokenBalance balance, string?[] addresses) => balance switch
    {
        { Account: var account } when account < 0 || account >= addresses.Length || addresses[account] is null => $"There is no address {account} of a token account.",
        { Owner: null } => $"The owner of token account {balance.Account} is missing or unreadable.",
        { Amount: null } => $"The balance of token account {balance.Account} is missing or no 64-bit number.",
        _ => null,
    };

    private static OrderedDictionary<string, Int128> PerOwner(List<AccountChange> accounts)
    {
        OrderedDictionary<string, Int128> changes = new(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            Add(account.OwnerBefore, -(Int128)account.Before);
            Add(account.OwnerAfter, account.After);
        }

        return changes;

        void Add(string? owner, Int128 amount)
        {
            if (owner is not null)
            {
                changes[owner] = changes.GetValueOrDefault(owner) + amount;
            }
        }
    }

    private static List<TokenInstruction> InOrder(List<InstructionGroup> groups) =>
        [.. groups.OrderBy(group => group.Outer).ThenBy(group => group.Inner).SelectMany(group => group.Instructions)];
}
