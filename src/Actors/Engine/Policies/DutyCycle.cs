namespace WildNOut.Actors.Engine.Policies;

/// <summary>
/// For work that can wait: after each piece it rests for a multiple of the time that the piece took. A busy machine takes longer over a piece, and so hears of the next one later;
/// an idle one has nothing better to do.
/// </summary>
/// <param name="rest">How many times as long, at least 0.</param>
/// <param name="clock">Tells the time.</param>
public sealed class DutyCycle(int rest, TimeProvider clock)
{
    /// <summary>However long a piece took, the rest after it is no longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Does a piece of work, and rests.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        await work();
        var pause = clock.GetElapsedTime(began) * rest;
        await Task.Delay(pause < Longest ? pause : Longest, clock, cancellation);
    }
}
