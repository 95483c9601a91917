using System.Diagnostics.Metrics;

namespace WildNOut.Web.Realtime;

/// <summary>What real time measures, under the meter <c>WildNOut.Realtime</c>.</summary>
public sealed class RealtimeMetrics : IDisposable
{
    /// <summary>The meter.</summary>
    public const string MeterName = "WildNOut.Realtime";

    private readonly Meter _meter;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _refused;

    /// <summary>Makes the instruments; their scope is this object, so that those of two nodes in one process can be told apart.</summary>
    public RealtimeMetrics()
    {
        _meter = new Meter(new MeterOptions(MeterName) { Scope = this });
        Connections = _meter.CreateUpDownCounter<int>("wildnout.realtime.connections", "{connection}", "Clients connected to this node.");
        Written = _meter.CreateCounter<long>("wildnout.realtime.messages", "{message}", "Messages written to clients.");
        _reloads = _meter.CreateCounter<long>("wildnout.realtime.reloads", "{message}", "Clients that were told to reload, being too far behind.");
        _gaps = _meter.CreateCounter<long>("wildnout.realtime.gaps", "{gap}", "Times that messages from a channel were lost and asked for again.");
        Streams = _meter.CreateUpDownCounter<int>("wildnout.realtime.streams", "{stream}", "Event streams open on this node.");
        _refused = _meter.CreateCounter<long>("wildnout.realtime.streams_refused", "{stream}", "Event streams refused, the client having as many as it may.");
    }

    /// <summary>Clients connected.</summary>
    internal UpDownCounter<int> Connections { get; }

    /// <summary>Messages written.</summary>
    internal Counter<long> Written { get; }

    /// <summary>Event streams open.</summary>
    internal UpDownCounter<int> Streams { get; }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Reloaded() => _reloads.Add(1);

    internal void GapFound() => _gaps.Add(1);

    internal void StreamRefused() => _refused.Add(1);
}
