using System.Diagnostics.Metrics;

namespace WildNOut.Chain.Rpc;

/// <summary>What the client of the chain measures, under the meter <c>WildNOut.Rpc</c>.</summary>
public sealed class RpcMetrics : IDisposable
{
    /// <summary>The meter.</summary>
    public const string MeterName = "WildNOut.Rpc";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<int> _waiting;
    private readonly Counter<long> _drops;

    /// <summary>Makes the instruments.</summary>
    public RpcMetrics()
    {
        _calls = _meter.CreateCounter<long>("wildnout.rpc.calls", "{call}", "Calls sent, by endpoint, method and outcome.");
        _duration = _meter.CreateHistogram<double>("wildnout.rpc.duration", "ms", "From sending a call until its answer was read.");
        _waiting = _meter.CreateUpDownCounter<int>("wildnout.rpc.waiting", "{call}", "Calls that wait for a token, the end of a pause or a backoff.");
        _drops = _meter.CreateCounter<long>("wildnout.rpc.subscriptions.drops", "{drop}", "Times that the WebSocket ended.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    internal void Called(string endpoint, string method, Verdict verdict, TimeSpan took)
    {
        KeyValuePair<string, object?> at = new("endpoint", endpoint);
        KeyValuePair<string, object?> of = new("method", method);
        _calls.Add(1, at, of, new("outcome", Name(verdict)));
        _duration.Record(took.TotalMilliseconds, at, of);
    }

    internal void Waits() => _waiting.Add(1);

    internal void WaitedEnough() => _waiting.Add(-1);

    internal void Dropped() => _drops.Add(1);

    /// <summary>Watches the endpoints of a pool.</summary>
    internal void Watch(Func<IReadOnlyList<EndpointReport>> report)
    {
        _meter.CreateObservableGauge("wildnout.rpc.breaker", () => report().Select(endpoint => Of(endpoint, (long)endpoint.Breaker)), null, "0 closed, 1 half-open, 2 open.");
        _meter.CreateObservableGauge(
            "wildnout.rpc.lag",
            () => report().Where(endpoint => endpoint.Lag.HasValue).Select(endpoint => Of(endpoint, (long)endpoint.Lag!.Value)),
            "{slot}",
            "Slots behind the best endpoint.");
    }

    private static Measurement<long> Of(EndpointReport endpoint, long value) => new(value, new KeyValuePair<string, object?>("endpoint", endpoint.Endpoint));

    private static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Answered => "answered",
        Verdict.NotNow => "not_now",
        Verdict.Behind => "behind",
        Verdict.Throttled => "throttled",
        Verdict.Blocked => "blocked",
        _ => "failed",
    };
}
