namespace WildNOut.Chain.Rpc;

/// <summary>
/// A token bucket as the "generic cell rate algorithm" of ATM keeps it: instead of tokens, the time at which the bucket is full again. A fifth of
/// the calls may come at once and the rest flows, so that no window ever holds more than the limit. Not thread-safe.
/// </summary>
internal sealed class RateLimit
{
    private readonly TimeSpan _interval;
    private readonly TimeSpan _tolerance;
    private TimeSpan _full;

    /// <summary>An unused limit.</summary>
    /// <param name="calls">Calls in any window; at least 1.</param>
    /// <param name="window">The window.</param>
    public RateLimit(int calls, TimeSpan window)
    {
        var burst = Math.Max(1, calls / 5);
        _interval = window / Math.Max(1, calls - burst);
        _tolerance = _interval * (burst - 1);
    }

    /// <summary>How long from <paramref name="now"/> until a call may go out.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        var wait = _full - _tolerance - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Takes a token for a call that goes out at <paramref name="at"/>, which may lie ahead.</summary>
    public void Take(TimeSpan at) => _full = (_full > at ? _full : at) + _interval;
}
