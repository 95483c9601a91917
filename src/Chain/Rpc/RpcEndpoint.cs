using Akka.Actor;

namespace WildNOut.Chain.Rpc;

/// <summary>
/// What the pool knows of an endpoint: whether it may be asked, and from when on. Times are spans since the pool began. The pool's lock guards it.
/// </summary>
internal sealed class RpcEndpoint(string name, Uri address, bool fallback, RpcPoolOptions options, IScheduler scheduler)
{
    private readonly RateLimit? _all = Limit(options.CallsPerWindow, options.Window);
    private readonly Dictionary<string, RateLimit> _byMethod = new(StringComparer.Ordinal);
    private readonly EndpointBreaker _breaker = new(scheduler, options);
    private TimeSpan _pausedUntil;
    private int _throttles;
    private bool _toldOldSlot;
    private (string Why, DateTimeOffset At)? _lastError;
    private DateTimeOffset? _lastSuccess;

    public string Name => name;

    public Uri Address => address;

    public bool Fallback => fallback;

    /// <summary>The slot it told when it was last asked.</summary>
    public ulong? Slot { get; private set; }

    /// <summary>Whether it is too far behind to be asked while another can be.</summary>
    public bool Lags(ulong best) => _toldOldSlot || (Slot is { } slot && best - slot > options.MaxSlotLag);

    /// <summary>Whether it took long to tell its slot: that answer is as short for all, so that endpoints can be compared by it.</summary>
    public bool Slow { get; private set; }

    /// <summary>Whether it will be known in a moment if it is back.</summary>
    public bool OnTrial => _breaker.OnTrial;

    /// <summary>How long from now until it may be asked for a method; null when it cannot be asked.</summary>
    public TimeSpan? Wait(string method, TimeSpan now)
    {
        if (!_breaker.Lets)
        {
            return null;
        }

        // Tokens are reckoned from the end of the pause: a queue that waited for it must not break the limit then.
        var start = now > _pausedUntil ? now : _pausedUntil;
        var wait = start - now + Longer(_all?.Wait(start), ForMethod(method)?.Wait(start));
        return wait <= options.MaxWait ? wait : null;
    }

    /// <summary>Takes the tokens of a call that goes out at a time.</summary>
    public void Take(string method, TimeSpan at)
    {
        _all?.Take(at);
        ForMethod(method)?.Take(at);
    }

    /// <summary>Lets a call out now; null when it is paused or its breaker does not.</summary>
    public EndpointBreaker.Pass? TryEnter(TimeSpan now) => now < _pausedUntil ? null : _breaker.TryEnter();

    /// <summary>Takes note of an attempt.</summary>
    public void Settle(EndpointBreaker.Pass pass, Verdict verdict, string? why, TimeSpan? retryAfter, TimeSpan now, DateTimeOffset time)
    {
        switch (verdict)
        {
            case Verdict.Answered:
                _breaker.Succeed(pass);
                (_throttles, _lastSuccess) = (0, time);
                return;
            case Verdict.Failed:
                _breaker.Fail(pass);
                Pause(retryAfter ?? TimeSpan.Zero, now);
                break;
            case Verdict.Throttled:
                _breaker.Leave(pass);
                Pause(retryAfter ?? Backoff.After(++_throttles, options.ThrottledFor, options.MaxWait, roll: 1), now);
                break;
            case Verdict.Blocked:
                _breaker.Leave(pass);
                Pause(options.BlockedFor, now);
                break;
            default:
                _breaker.Succeed(pass);
                _toldOldSlot |= verdict == Verdict.Behind;
                break;
        }

        _lastError = (why ?? "Unknown.", time);
    }

    /// <summary>The caller went away before anything was known.</summary>
    public void Leave(EndpointBreaker.Pass pass) => _breaker.Leave(pass);

    /// <summary>It told its slot.</summary>
    public void Tell(ulong slot, TimeSpan took) => (Slot, _toldOldSlot, Slow) = (slot, false, took > options.SlowAfter);

    /// <summary>How it is.</summary>
    public EndpointReport Report(ulong best, TimeSpan now, DateTimeOffset time) => new(
        name, fallback, _breaker.State, Slot, best - Slot, _lastSuccess, _lastError?.Why, _lastError?.At, _pausedUntil > now ? time + (_pausedUntil - now) : null);

    private static RateLimit? Limit(int calls, TimeSpan window) => calls > 0 ? new RateLimit(calls, window) : null;

    private static TimeSpan Longer(TimeSpan? one, TimeSpan? other) =>
        TimeSpan.FromTicks(Math.Max(one.GetValueOrDefault().Ticks, other.GetValueOrDefault().Ticks));

    private RateLimit? ForMethod(string method)
    {
        if (!_byMethod.TryGetValue(method, out var limit) && Limit(options.CallsPerMethodPerWindow, options.Window) is { } made)
        {
            _byMethod[method] = limit = made;
        }

        return limit;
    }

    private void Pause(TimeSpan time, TimeSpan now)
    {
        if (now + time > _pausedUntil)
        {
            _pausedUntil = now + time;
        }
    }
}
