namespace WildNOut.Web.Gateway;

/// <summary>
/// Time limits for many asks at little cost: all that begin within a quarter of a second (with a limit under two seconds, within an eighth of it) share one
/// timer, and so end up to that much late. A timer of its own for each ask was a twentieth of what a vote allocates; and each timer keeps, until its end, as
/// many registrations as asks were under way at once.
/// </summary>
/// <param name="limit">The time an ask has at least.</param>
/// <param name="clock">Runs the timers.</param>
public sealed class AskDeadlines(TimeSpan limit, TimeProvider clock)
{
    private static readonly TimeSpan Widest = TimeSpan.FromMilliseconds(250);

    private readonly TimeSpan _width = limit / 8 < Widest ? limit / 8 : Widest;
    private Slot? _slot;

    /// <summary>A token that is cancelled when the time of an ask that begins now is over.</summary>
    public CancellationToken Next()
    {
        var now = clock.GetTimestamp();
        var slot = Volatile.Read(ref _slot);
        while (slot is null || clock.GetElapsedTime(slot.Began, now) >= _width)
        {
            var fresh = new Slot(now, new CancellationTokenSource(limit + _width, clock));
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
