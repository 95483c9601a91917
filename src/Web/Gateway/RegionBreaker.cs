namespace WildNOut.Web.Gateway;

/// <summary>
/// A circuit breaker without closures or exceptions, for the hot path: opens after some asks in a row without an outcome, and then lets few
/// asks through, one by one, to find out whether the region is back. A business refusal is an outcome.
/// </summary>
public sealed class RegionBreaker(GatewayOptions options, TimeProvider clock)
{
    private int _failures;
    private long _tryAgain;

    /// <summary>Whether asks are turned away at present.</summary>
    public bool IsOpen => Volatile.Read(ref _failures) >= options.FailuresToOpen;

    /// <summary>Whether an ask may go out. Each true is followed by <see cref="Succeed"/> or <see cref="Fail"/>.</summary>
    public bool TryEnter()
    {
        if (!IsOpen)
        {
            return true;
        }

        // Of all that come when the time is over, one takes the probe; it also sets the time of the next, in case it never returns.
        var due = Interlocked.Read(ref _tryAgain);
        return clock.GetTimestamp() >= due && Interlocked.CompareExchange(ref _tryAgain, Next(options.OpenFor + options.ProbeTimeout), due) == due;
    }

    /// <summary>The region answered.</summary>
    public void Succeed()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }
    }

    /// <summary>
    /// The region gave no outcome. While it counts as gone, this may bring the next try nearer but never puts it off: asks that were sent before
    /// go on failing for seconds, and say nothing of the present.
    /// </summary>
    public void Fail()
    {
        var next = Next(options.OpenFor);
        if (IsOpen)
        {
            var due = Interlocked.Read(ref _tryAgain);
            if (next < due)
            {
                Interlocked.CompareExchange(ref _tryAgain, next, due);
            }

            return;
        }

        Interlocked.Exchange(ref _tryAgain, next);
        Interlocked.Increment(ref _failures);
    }

    private long Next(TimeSpan after) => clock.GetTimestamp() + (long)(after.TotalSeconds * clock.TimestampFrequency);
}
