using System.Text;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>A transaction where it landed.</summary>
/// <param name="Signature">Base58.</param>
/// <param name="Slot">Where.</param>
/// <param name="Time">When its block was made; null where unknown.</param>
/// <param name="Meaning">What it means for the token.</param>
/// <param name="Accounts">The token accounts it touched.</param>
internal sealed record LandedTransaction(string Signature, ulong Slot, DateTimeOffset? Time, DecodedTransaction Meaning, IReadOnlyList<string> Accounts);

/// <summary>Reads transactions one by one, several at a time.</summary>
internal sealed class TransactionReads(ISolanaRpc rpc, TransferDecoder decoder)
{
    private const int UnderWay = 8;

    /// <summary>Hands over those of the transactions that the node hands out, each as it comes; the others are not there yet.</summary>
    /// <param name="lines">The transactions, and where they are said to have landed.</param>
    /// <param name="commitment">Confirmed or finalized.</param>
    /// <param name="take">Takes a transaction; one call at a time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RpcUnavailableException">Nobody answers, or with another transaction; what was handed over before holds.</exception>
    public async Task ReadAsync(
        IReadOnlyCollection<(ulong Slot, string Signature)> lines, Commitment commitment, Action<LandedTransaction> take, CancellationToken cancellation)
    {
        Lock gate = new();
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = UnderWay, CancellationToken = cancellation }, async (line, stop) =>
        {
            if (await ReadAsync(line.Signature, line.Slot, commitment, stop) is { } one)
            {
                lock (gate)
                {
                    take(one);
                }
            }
        });
    }

    private async Task<LandedTransaction?> ReadAsync(string signature, ulong slot, Commitment commitment, CancellationToken cancellation)
    {
        try
        {
            return await rpc.GetTransactionAsync(signature, commitment, cancellation) is { } transaction ? Understand(signature, transaction) : null;
        }
        catch (RpcException refusal) when (refusal.Code == ErrorCodes.UnsupportedVersion)
        {
            return new LandedTransaction(signature, slot, null, DecodedTransaction.NotUnderstood(signature, refusal.Message), []);
        }
    }

    private LandedTransaction Understand(string signature, BlockTransaction transaction) =>
        transaction.Json.Span.IndexOf(Encoding.ASCII.GetBytes(signature)) < 0
            ? throw new RpcUnavailableException($"The node answered with another transaction than {signature}.")
            : new LandedTransaction(signature, transaction.Slot, transaction.Time, decoder.Decode(transaction), decoder.AccountsOf(transaction));
}
