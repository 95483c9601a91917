using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>Pages of signatures as a server with faults gives them.</summary>
internal sealed class SignaturePages(DevnetFaults faults)
{
    private const string Method = "getSignaturesForAddress";

    public IReadOnlyList<SimulatedTransaction> Tampered(IReadOnlyList<SimulatedTransaction> page)
    {
        if (page.Count > 1 && faults.Strikes(DevnetFault.OmittedSignatures, Method) is not null)
        {
            page = Omitting(page);
        }

        if (page.Count > 0 && faults.Strikes(DevnetFault.RepeatedSignatures, Method) is not null)
        {
            page = [.. page.SelectMany(line => faults.Chance(4) == 0 ? new[] { line, line } : [line])];
        }

        return faults.Strikes(DevnetFault.ReorderedSignatures, Method) is null ? page : Reordered(page);
    }

    /// <summary>The last line of a page stays: what it leaves out is in its middle.</summary>
    private List<SimulatedTransaction> Omitting(IReadOnlyList<SimulatedTransaction> page)
    {
        var gone = faults.Chance(page.Count - 1);
        return [.. page.Where((_, index) => index != gone && (index == page.Count - 1 || faults.Chance(10) > 0))];
    }

    private List<SimulatedTransaction> Reordered(IReadOnlyList<SimulatedTransaction> page) =>
        [.. page.GroupBy(line => line.Slot).SelectMany(slot => slot.OrderBy(_ => faults.Chance(int.MaxValue)))];
}
