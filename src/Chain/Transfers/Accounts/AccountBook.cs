using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>The token accounts of a mint, closed ones too for as long as their histories may matter.</summary>
internal sealed class AccountBook(string mint, ISolanaRpc rpc)
{
    private readonly Dictionary<string, ulong> _seen = new(StringComparer.Ordinal);
    private Dictionary<string, TokenAccount>? _before;

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

    /// <summary>The addresses whose histories after a slot matter: the mint, its accounts, and those that were closed since.</summary>
    /// <param name="after">The slot; accounts that were gone by then are forgotten.</param>
    /// <param name="upto">The newest finalized slot.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<string>> AddressesAsync(ulong after, ulong upto, CancellationToken cancellation)
    {
        // From who is behind, accounts would be missing, and with them all that went only between those.
        See((await rpc.GetTokenAccountsByMintAsync(mint, Commitment.Finalized, upto, cancellation)).Select(account => account.Address), upto);
        foreach (var gone in _seen.Where(seen => seen.Value < after).Select(seen => seen.Key).ToList())
        {
            _seen.Remove(gone);
        }

        return [mint, .. _seen.Keys];
    }

    /// <summary>The accounts that are not as they were the last time: new, closed, of another owner, or with another balance. None the first time.</summary>
    /// <param name="newest">The newest confirmed slot, which whoever answers must have reached.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<string>> ChangedAsync(ulong newest, CancellationToken cancellation)
    {
        var accounts = await rpc.GetTokenAccountsByMintAsync(mint, Commitment.Confirmed, newest, cancellation);
        var now = accounts.DistinctBy(account => account.Address).ToDictionary(account => account.Address, StringComparer.Ordinal);
        See(now.Keys, newest);
        var before = _before ?? now;
        _before = now;
        return [.. now.Values.Where(account => before.GetValueOrDefault(account.Address) != account).Select(account => account.Address), .. before.Keys.Where(address => !now.ContainsKey(address))];
    }
}
