using System.Diagnostics;
using System.Diagnostics.Metrics;
using WildNOut.Actors.Token;

namespace WildNOut.Chain.Transfers;

/// <summary>How the ingest of the chain goes on: meter <c>WildNOut.Ingest</c>. Only the node that reads tells how far the feed is.</summary>
public sealed class IngestMetrics : IDisposable
{
    private readonly Meter _meter = new("WildNOut.Ingest");
    private readonly Counter<long> _movements;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _withdrawals;
    private readonly Lock _gate = new();
    private long? _behind;
    private long? _progress;

    /// <summary>Opens the meter.</summary>
    public IngestMetrics()
    {
        _movements = _meter.CreateCounter<long>("wildnout.ingest.movements", description: "Movements that the feed took.");
        _parked = _meter.CreateCounter<long>("wildnout.ingest.parked", description: "Transactions that nobody understood: an operator has to look.");
        _withdrawals = _meter.CreateCounter<long>("wildnout.ingest.withdrawals", description: "Times the chain went another way.");
        _meter.CreateObservableGauge("wildnout.ingest.behind", Behind, "{slot}", "Slots between the chain's newest confirmed one and the feed's tip.");
        _meter.CreateObservableGauge("wildnout.ingest.idle", Idle, "s", "Since the feed last took blocks, or had all there are.");
    }

    /// <summary>Notes how far the feed is.</summary>
    internal void Stands(ulong newest, BlockId? tip)
    {
        lock (_gate)
        {
            _behind = tip is null || newest <= tip.Slot ? 0 : (long)(newest - tip.Slot);
        }
    }

    /// <summary>Notes that the feed took blocks, or had all there are.</summary>
    internal void Advances()
    {
        lock (_gate)
        {
            _progress = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>This node reads no longer: how far the feed is, another knows.</summary>
    internal void Leaves()
    {
        lock (_gate)
        {
            (_behind, _progress) = (null, null);
        }
    }

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

    private IEnumerable<Measurement<long>> Behind()
    {
        lock (_gate)
        {
            return _behind is { } slots ? [new Measurement<long>(slots)] : [];
        }
    }

    private IEnumerable<Measurement<double>> Idle()
    {
        lock (_gate)
        {
            return _progress is { } since ? [new Measurement<double>(Stopwatch.GetElapsedTime(since).TotalSeconds)] : [];
        }
    }
}
