using WildNOut.Actors.Wallets;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Wallets;

/// <summary>Reads what wallets hold of a mint from the chain.</summary>
/// <param name="rpc">The chain.</param>
/// <param name="mint">The mint, base58.</param>
public sealed class RpcHoldingsReader(ISolanaRpc rpc, string mint) : IHoldingsReader
{
    /// <summary>A mint's decimals never change.</summary>
    private int? _decimals;

    /// <inheritdoc />
    public async Task<Holdings> ReadAsync(string address, CancellationToken cancellation)
    {
        var decimals = _decimals ??= (await rpc.GetTokenSupplyAsync(mint, Commitment.Confirmed, cancellation)).Value.Decimals;
        var accounts = await rpc.GetTokenAccountsByOwnerAsync(address, mint, Commitment.Confirmed, null, cancellation);
        return new Holdings(TokenUnits.Sum(accounts.Value.Select(account => account.Amount)), decimals, accounts.Slot);
    }
}
