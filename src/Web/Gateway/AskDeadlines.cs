namespace WildNOut.Web.Gateway;

/// <summary>
/// Time limits for many asks at little cost: all that begin within a tenth of a second share one timer, and so end up to that much late. A timer
/// of its own for each ask was a twentieth of what a vote allocates.
/// </summary>
/// <param name="limit">The time an ask has at least.</param>
/// <param name="clock">Runs the timers.</param>
public sealed class AskDeadlines(TimeSpan limit, TimeProvider clock)
{
    private static readonly TimeSpan Width = TimeSpan.FromMilliseconds(100);

    private Slot? _slot;

    /// <summary>A token that is cancelled when the time of an ask that begins now is over.</summary>
    public CancellationToken Next()
    {
        var now = clock.GetTimestamp();
        var slot = Volatile.Read(ref _slot);
        while (slot is null || clock.GetElapsedTime(slot.Began, now) >= Width)
        {
            var fresh = new Slot(now, new CancellationTokenSource(limit + Width, clock));
            var seen = Interlocked.CompareExchange(ref _slot, fresh, slot);
            if (seen == slot)
            {
                return fresh.Source.Token;
            }

            fresh.Source.Dispose();
            slot = seen;
        }

        return slot.Source.Token;
    }

    /// <summary>The source is left to its timer: asks hold on to it until then.</summary>
    private sealed record Slot(long Began, CancellationTokenSource Source);
}
