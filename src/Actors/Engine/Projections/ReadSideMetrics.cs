using System.Diagnostics.Metrics;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>What the read side measures, under the meter <c>WildNOut.ReadSide</c>, by the name of the projection or policy.</summary>
public sealed class ReadSideMetrics : IDisposable
{
    /// <summary>The meter.</summary>
    public const string MeterName = "WildNOut.ReadSide";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _events;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _lag;

    /// <summary>Makes the instruments.</summary>
    public ReadSideMetrics()
    {
        _events = _meter.CreateCounter<long>("wildnout.read_side.events", "{event}", "Events applied.");
        _parked = _meter.CreateCounter<long>("wildnout.read_side.parked", "{event}", "Events set aside because they could not be digested.");
        _retries = _meter.CreateCounter<long>("wildnout.read_side.retries", "{retry}", "Runs that failed and were tried again.");
        _lag = _meter.CreateHistogram<double>("wildnout.read_side.lag", "s", "From the write of the newest row of a run to its effect.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Applied(string name, int events, long? newest)
    {
        var tag = new KeyValuePair<string, object?>("name", name);
        _events.Add(events, tag);
        if (newest is { } written)
        {
            _lag.Record(Math.Max(0, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - written) / 1_000d, tag);
        }
    }

    internal void Parked(string name) => _parked.Add(1, new KeyValuePair<string, object?>("name", name));

    internal void Retried(string name) => _retries.Add(1, new KeyValuePair<string, object?>("name", name));
}
