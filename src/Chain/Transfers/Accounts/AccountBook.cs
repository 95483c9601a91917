using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>The token accounts of a mint, closed ones too for as long as their histories may matter.</summary>
internal sealed class AccountBook(string mint, ISolanaRpc rpc)
{
    private readonly Dictionary<string, ulong> _seen = new(StringComparer.Ordinal);
    private Dictionary<string, TokenAccount>? _before;
    private ulong? _listed;

    /// <summary>Notes accounts that existed at a slot; gives those that were not known.</summary>
    public IReadOnlyList<string> See(IEnumerable<string> accounts, ulong slot)
    {
        List<string> strangers = [];
        foreach (var account in accounts)
        {
            if (!_seen.TryGetValue(account, out var seen))
            {
                strangers.Add(account);
            }

            _seen[account] = Math.Max(seen, slot);
        }

        return strangers;
    }

    /// <summary>
    /// The addresses whose histories after a slot matter: the mint, its accounts, and those that were closed since. The list of accounts holds for some finalized slot
    /// behind it, and with it the stretch between the two can be told.
    /// </summary>
    /// <param name="after">The slot; accounts that were in no list by then are forgotten.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The slot of the list, and the addresses.</returns>
    public async Task<(ulong Upto, IReadOnlyList<string> Addresses)> AddressesAsync(ulong after, CancellationToken cancellation)
    {
        var list = await rpc.GetTokenAccountsByMintAsync(mint, Commitment.Finalized, after + 1, cancellation);
        if (_listed is { } listed && listed <= after)
        {
            foreach (var gone in _seen.Where(seen => seen.Value < listed).Select(seen => seen.Key).ToList())
            {
                _seen.Remove(gone);
            }
        }

        See(list.Value.Select(account => account.Address), list.Slot);
        _listed = list.Slot;
        return (list.Slot, [mint, .. _seen.Keys]);
    }

    /// <summary>
    /// The accounts that are not as they were the last time: new, closed, of another owner, or with another balance. None the first time. A hint only, so anybody may
    /// answer: who is behind names some for nothing.
    /// </summary>
    public async Task<IReadOnlyList<string>> ChangedAsync(CancellationToken cancellation)
    {
        var accounts = await rpc.GetTokenAccountsByMintAsync(mint, Commitment.Confirmed, null, cancellation);
        var now = accounts.Value.DistinctBy(account => account.Address).ToDictionary(account => account.Address, StringComparer.Ordinal);
        See(now.Keys, accounts.Slot);
        var before = _before ?? now;
        _before = now;
        return [.. now.Values.Where(account => before.GetValueOrDefault(account.Address) != account).Select(account => account.Address), .. before.Keys.Where(address => !now.ContainsKey(address))];
    }
}
