namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>What a transaction did to a token account.</summary>
/// <param name="Address">The account.</param>
/// <param name="OwnerBefore">Its owner before; null when it did not exist.</param>
/// <param name="Before">Its balance before; 0 when it did not exist.</param>
/// <param name="OwnerAfter">Its owner after; null when it was closed.</param>
/// <param name="After">Its balance after; 0 when it was closed.</param>
/// <param name="Token2022">Whether the account belongs to the newer token program.</param>
internal sealed record AccountChange(string Address, string? OwnerBefore, ulong Before, string? OwnerAfter, ulong After, bool Token2022)
{
    /// <summary>Joins the balances before and after, ordered by the place of the accounts; all of them complete and with an address.</summary>
    public static List<AccountChange> Join(string?[] addresses, List<TokenBalance> before, List<TokenBalance> after)
    {
        var changes = new SortedList<int, AccountChange>(before.Count + after.Count);
        foreach (var (account, owner, amount, token2022) in before)
        {
            changes[account] = new AccountChange(addresses[account]!, owner, amount ?? 0, null, 0, token2022);
        }

        foreach (var (account, owner, amount, token2022) in after)
        {
            var known = changes.GetValueOrDefault(account) ?? new AccountChange(addresses[account]!, null, 0, null, 0, token2022);
            changes[account] = known with { OwnerAfter = owner, After = amount ?? 0 };
        }

        return [.. changes.Values];
    }
}
