using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>Reads the histories of addresses, page by page from the newest line back.</summary>
internal sealed class SignatureHistories(ISolanaRpc rpc)
{
    /// <summary>Histories that are read at a time.</summary>
    public const int UnderWay = 8;

    private const int Page = 1_000;
    private const int MostRestarts = 3;

    /// <summary>Hands over the lines of several addresses after a slot, without those that failed; a line may come more than once.</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="after">The slot.</param>
    /// <param name="commitment">Confirmed or finalized.</param>
    /// <param name="newest">The slot that whoever answers must have reached.</param>
    /// <param name="take">Takes a line; one call at a time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ReadAsync(
        IEnumerable<string> addresses, ulong after, Commitment commitment, ulong newest, Action<SignatureInfo> take, CancellationToken cancellation)
    {
        Lock gate = new();
        await Parallel.ForEachAsync(
            addresses,
            new ParallelOptions { MaxDegreeOfParallelism = UnderWay, CancellationToken = cancellation },
            async (address, stop) => await ReadOneAsync(address, after, commitment, newest, Take, stop));

        void Take(SignatureInfo line)
        {
            lock (gate)
            {
                take(line);
            }
        }
    }

    private async Task ReadOneAsync(string address, ulong after, Commitment commitment, ulong newest, Action<SignatureInfo> take, CancellationToken cancellation)
    {
        string? before = null;
        string? overlap = null;
        for (var restarts = 0; ;)
        {
            var page = await PageAsync(address, before, commitment, newest, cancellation);
            if (page is { Count: 0 } && overlap is not null)
            {
                // Behind a full page there is mostly more, and older nodes say nothing where they do not know the line: one answer has to show the line, and what is behind it.
                page = Behind(before, await PageAsync(address, overlap, commitment, newest, cancellation));
            }

            if (page is null)
            {
                // The node does not know the line, as when the chain went another way: from the newest on again, and by slots, since lines may repeat.
                overlap = null;
                before = ++restarts <= MostRestarts ? null : throw new RpcUnavailableException($"The history of {address} changes while it is read.");
                continue;
            }

            foreach (var line in page.Where(line => line.Slot > after && !line.Failed))
            {
                take(line);
            }

            // A page may be short, so only an empty one is the end.
            if (page.Count == 0 || page[^1].Slot <= after)
            {
                return;
            }

            overlap = page.Count >= Page ? page.LastOrDefault(line => line.Signature != page[^1].Signature)?.Signature : null;
            before = page[^1].Signature != before ? page[^1].Signature : throw new RpcUnavailableException($"The history of {address} goes round in circles.");
        }
    }

    /// <summary>The lines of a page behind one; null when that is not in it.</summary>
    private static IReadOnlyList<SignatureInfo>? Behind(string? line, IReadOnlyList<SignatureInfo>? page) =>
        page?.Any(known => known.Signature == line) == true ? [.. page.SkipWhile(known => known.Signature != line).SkipWhile(known => known.Signature == line)] : null;

    private async Task<IReadOnlyList<SignatureInfo>?> PageAsync(string address, string? before, Commitment commitment, ulong newest, CancellationToken cancellation)
    {
        try
        {
            return await rpc.GetSignaturesForAddressAsync(address, before, Page, commitment, newest, cancellation);
        }
        catch (RpcException answer) when (answer.Code == ErrorCodes.UnknownSignature && before is not null)
        {
            return null;
        }
    }
}
