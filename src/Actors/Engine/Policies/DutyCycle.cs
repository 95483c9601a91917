namespace WildNOut.Actors.Engine.Policies;

/// <summary>Lets so many through a second, evenly; those who come together wait their turn.</summary>
/// <param name="aSecond">At least 1.</param>
/// <param name="clock">Tells the time.</param>
public sealed class Pace(int aSecond, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly long _step = Math.Max(1, clock.TimestampFrequency / aSecond);
    private long _next;

    /// <summary>Waits for the next turn.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var turn = Math.Max(now, _next);
            _next = turn + _step;
            wait = clock.GetElapsedTime(now, turn);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellation) : Task.CompletedTask;
    }
}
