using System.Diagnostics.Metrics;

namespace WildNOut.Web.Limits;

/// <summary>What limits measure, under the meter <c>WildNOut.Limits</c>.</summary>
public sealed class LimitMetrics : IDisposable
{
    /// <summary>The meter.</summary>
    public const string MeterName = "WildNOut.Limits";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _refused;
    private readonly Counter<long> _leases;
    private readonly Counter<long> _alone;

    /// <summary>Makes the instruments.</summary>
    public LimitMetrics()
    {
        _refused = _meter.CreateCounter<long>("wildnout.limits.refused", "{request}", "Requests beyond a limit, by rule.");
        _leases = _meter.CreateCounter<long>("wildnout.limits.leases", "{lease}", "Times that an owner was asked for permits.");
        _alone = _meter.CreateCounter<long>("wildnout.limits.alone", "{lease}", "Times that an owner did not answer and the node gave out its own part.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Refused(LimitRule rule) => _refused.Add(1, new KeyValuePair<string, object?>("rule", rule.Name));

    internal void Leased() => _leases.Add(1);

    internal void Alone() => _alone.Add(1);
}
