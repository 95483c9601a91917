namespace WildNOut.Chain.Wallets;

/// <summary>What a wallet holds of the token.</summary>
/// <param name="Amount">Base units over all of its token accounts, of both token programs.</param>
/// <param name="Decimals">The mint's decimals, 0 to 255.</param>
/// <param name="Slot">The slot at which that was so.</param>
public sealed record Holdings(ulong Amount, int Decimals, ulong Slot);

/// <summary>Reads what wallets hold.</summary>
public interface IHoldingsReader
{
    /// <summary>Reads one wallet.</summary>
    /// <param name="address">The wallet, base58.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Rpc.RpcException">The chain answered with an error.</exception>
    /// <exception cref="Rpc.RpcUnavailableException">Nobody could answer.</exception>
    Task<Holdings> ReadAsync(string address, CancellationToken cancellation);
}
