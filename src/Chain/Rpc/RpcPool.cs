using Akka.Actor;

namespace WildNOut.Chain.Rpc;

/// <summary>
/// Asks the best endpoint that can be asked, and another, or the same later, when that gives no answer. Best is: not behind the chain, not yet
/// tried in vain for this call, ready soon, a primary, not slow, first in the list. An error that any endpoint would give is an answer.
/// </summary>
public sealed class RpcPool
{
    private readonly Lock _gate = new();
    private readonly RpcPoolOptions _options;
    private readonly RpcTransport _transport;
    private readonly RpcMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly RpcEndpoint[] _endpoints;

    /// <summary>A pool that has asked nobody yet.</summary>
    /// <param name="addresses">The endpoints; without any, every call throws <see cref="RpcUnavailableException"/>.</param>
    /// <param name="options">How they are asked.</param>
    /// <param name="http">Sends; its own limits and redirections should be off.</param>
    /// <param name="metrics">Told of every call.</param>
    /// <param name="scheduler">The clock of the breakers.</param>
    /// <param name="clock">The clock of everything else.</param>
    public RpcPool(ChainAddresses addresses, RpcPoolOptions options, HttpClient http, RpcMetrics metrics, IScheduler scheduler, TimeProvider clock)
    {
        (_options, _metrics, _clock, _origin) = (options, metrics, clock, clock.GetTimestamp());
        _transport = new RpcTransport(http, options, clock);
        var named = new EndpointNames();
        _endpoints =
        [
            .. addresses.Primaries.Select(address => new RpcEndpoint(named.Name(address), address, fallback: false, options, scheduler)),
            .. addresses.Fallbacks.Select(address => new RpcEndpoint(named.Name(address), address, fallback: true, options, scheduler)),
        ];
        metrics.Watch(Report);
    }

    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    private ulong Best => _endpoints.Max(endpoint => endpoint.Slot) ?? 0;

    /// <summary>How each endpoint is, primaries first.</summary>
    public IReadOnlyList<EndpointReport> Report()
    {
        lock (_gate)
        {
            var (best, now, time) = (Best, Now, _clock.GetUtcNow());
            return [.. _endpoints.Select(endpoint => endpoint.Report(best, now, time))];
        }
    }

    /// <summary>Asks each endpoint that is ready for its slot, all at once; also how endpoints that nobody asks come back.</summary>
    public Task ProbeAsync(CancellationToken cancellation) => Task.WhenAll(_endpoints.Select(endpoint => ProbeAsync(endpoint, cancellation)));

    /// <summary>Asks until an endpoint answers.</summary>
    /// <exception cref="RpcException">The answer is an error.</exception>
    /// <exception cref="RpcUnavailableException">No endpoint can be asked, or as many attempts as there may be came to nothing.</exception>
    internal async Task<T> CallAsync<T>(RpcCall<T> call, CancellationToken cancellation)
    {
        List<RpcEndpoint> failed = [];
        RpcException? last = null;
        while (failed.Count < _options.Attempts)
        {
            if (Reserve(call.Method, failed) is not { } choice)
            {
                if (!AnyOnTrial())
                {
                    break;
                }

                // One call at a time finds out whether an endpoint is back; the others would only be told that nobody can be asked.
                await WaitAsync(_options.LeastBackoff, cancellation);
                continue;
            }

            await WaitAsync(choice.Wait, cancellation);
            if (TryEnter(choice.Endpoint) is not { } pass)
            {
                // It was paused, or its breaker opened, while this call waited for it.
                continue;
            }

            var attempt = await AskAsync(choice.Endpoint, pass, call, cancellation);
            if (attempt.Verdict == Verdict.Answered)
            {
                return attempt.Error is null ? attempt.Value! : throw attempt.Error;
            }

            failed.Add(choice.Endpoint);
            last = attempt.Error;
        }

        throw new RpcUnavailableException($"No endpoint could answer {call.Method}.{string.Concat(Report().Select(Says))}", last);
    }

    private static string Says(EndpointReport endpoint) => $" {endpoint.Endpoint}: {endpoint.LastError ?? "not asked yet."}";

    /// <summary>Takes the tokens of the best endpoint; null when none can be asked.</summary>
    private (RpcEndpoint Endpoint, TimeSpan Wait)? Reserve(string method, List<RpcEndpoint> failed)
    {
        lock (_gate)
        {
            var (best, now) = (Best, Now);
            (RpcEndpoint Endpoint, TimeSpan Wait)? chosen = null;
            var least = (false, 0, false, false, false, TimeSpan.Zero);
            foreach (var endpoint in _endpoints)
            {
                if (endpoint.Wait(method, now) is not { } wait)
                {
                    continue;
                }

                var tried = failed.Count(other => other == endpoint);
                var ready = Longer(wait, Backoff.After(tried, _options.LeastBackoff, _options.MostBackoff, Random.Shared.NextDouble()));
                var rank = (endpoint.Lags(best), tried, ready > _options.Patience, endpoint.Fallback, endpoint.Slow, ready > _options.Patience ? ready : wait);
                if (chosen is null || rank.CompareTo(least) < 0)
                {
                    (chosen, least) = ((endpoint, ready), rank);
                }
            }

            chosen?.Endpoint.Take(method, now + chosen.Value.Wait);
            return chosen;
        }
    }

    private bool AnyOnTrial()
    {
        lock (_gate)
        {
            return _endpoints.Any(endpoint => endpoint.OnTrial);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private EndpointBreaker.Pass? TryEnter(RpcEndpoint endpoint)
    {
        lock (_gate)
        {
            return endpoint.TryEnter(Now);
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        _metrics.Waits();
        try
        {
            // A delay counts whole milliseconds, and one that ends early would only be followed by another.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), _clock, cancellation);
        }
        finally
        {
            _metrics.WaitedEnough();
        }
    }

    private async Task<Attempt<T>> AskAsync<T>(RpcEndpoint endpoint, EndpointBreaker.Pass pass, RpcCall<T> call, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        Attempt<T>? attempt = null;
        try
        {
            attempt = await _transport.AskAsync(endpoint.Address, call, cancellation);
            return attempt.Value;
        }
        finally
        {
            Settle(endpoint, pass, attempt);
            if (attempt is { } known)
            {
                _metrics.Called(endpoint.Name, call.Method, known.Verdict, _clock.GetElapsedTime(began));
            }
        }
    }

    private void Settle<T>(RpcEndpoint endpoint, EndpointBreaker.Pass pass, Attempt<T>? attempt)
    {
        lock (_gate)
        {
            if (attempt is { } known)
            {
                endpoint.Settle(pass, known.Verdict, known.Why, known.RetryAfter, Now, _clock.GetUtcNow());
            }
            else
            {
                endpoint.Leave(pass);
            }
        }
    }

    private async Task ProbeAsync(RpcEndpoint endpoint, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        if (EnterIfReady(endpoint) is { } pass
            && await AskAsync(endpoint, pass, Calls.GetSlot(Commitment.Confirmed), cancellation) is { Verdict: Verdict.Answered, Error: null, Value: var slot })
        {
            lock (_gate)
            {
                endpoint.Tell(slot, _clock.GetElapsedTime(began));
            }
        }
    }

    private EndpointBreaker.Pass? EnterIfReady(RpcEndpoint endpoint)
    {
        lock (_gate)
        {
            var now = Now;
            if (endpoint.Wait(Calls.Slot, now) != TimeSpan.Zero || endpoint.TryEnter(now) is not { } pass)
            {
                return null;
            }

            endpoint.Take(Calls.Slot, now);
            return pass;
        }
    }
}
