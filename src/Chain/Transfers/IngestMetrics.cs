using System.Diagnostics.Metrics;
using WildNOut.Actors.Token;

namespace WildNOut.Chain.Transfers;

/// <summary>How the ingest of the chain goes on: meter <c>WildNOut.Ingest</c>.</summary>
public sealed class IngestMetrics : IDisposable
{
    private readonly Meter _meter = new("WildNOut.Ingest");
    private readonly Counter<long> _movements;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _withdrawals;
    private long _behind;

    /// <summary>Opens the meter.</summary>
    public IngestMetrics()
    {
        _movements = _meter.CreateCounter<long>("wildnout.ingest.movements", description: "Movements that the feed took.");
        _parked = _meter.CreateCounter<long>("wildnout.ingest.parked", description: "Transactions that nobody understood: an operator has to look.");
        _withdrawals = _meter.CreateCounter<long>("wildnout.ingest.withdrawals", description: "Times the chain went another way.");
        _meter.CreateObservableGauge("wildnout.ingest.behind", () => Interlocked.Read(ref _behind), "{slot}", "Slots between the chain's newest and the feed's tip.");
    }

    /// <summary>Notes how far the feed is.</summary>
    internal void Stands(ulong newest, BlockId? tip) =>
        Interlocked.Exchange(ref _behind, tip is null || newest <= tip.Slot ? 0 : (long)(newest - tip.Slot));

    /// <summary>Notes what the feed took.</summary>
    /// <param name="command">What it was told.</param>
    /// <param name="lines">By how many lines it grew.</param>
    internal void Took(IFeedCommand command, long lines)
    {
        switch (command)
        {
            case RecordBlocks record:
                _movements.Add(record.Blocks.Sum(block => block.Movements.Count));
                _parked.Add(record.Blocks.Sum(block => block.Parked.Count));
                break;
            case ReconcileBlocks reconcile:
                // It holds what is recorded too; of what is not, the feed's growth tells.
                _movements.Add(lines);
                _parked.Add(reconcile.Blocks.Sum(block => block.Parked.Count));
                break;
            case WithdrawBlocks:
                _withdrawals.Add(1);
                break;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
