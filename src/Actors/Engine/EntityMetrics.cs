using System.Diagnostics.Metrics;

namespace WildNOut.Actors.Engine;

/// <summary>What the shell measures, under the meter <c>WildNOut.Entities</c>.</summary>
internal static class EntityMetrics
{
    private static readonly Meter Meter = new("WildNOut.Entities");

    /// <summary>From handing a batch to the journal until it is durable, in milliseconds.</summary>
    public static readonly Histogram<double> WriteLatency = Meter.CreateHistogram<double>("wildnout.journal.write.duration", "ms");

    /// <summary>Events in a journal row.</summary>
    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("wildnout.journal.batch.events");

    /// <summary>Entities in memory.</summary>
    public static readonly UpDownCounter<int> Live = Meter.CreateUpDownCounter<int>("wildnout.entities.live");

    /// <summary>Callers who got no outcome because an entity stopped, failed or was full.</summary>
    public static readonly Counter<int> Unavailable = Meter.CreateCounter<int>("wildnout.entities.unavailable");

    /// <summary>Messages that did not reach their entity, and whose senders were told.</summary>
    public static readonly Counter<int> Returned = Meter.CreateCounter<int>("wildnout.entities.returned");
}
