namespace WildNOut.Actors.Engine.Policies;

/// <summary>
/// For work that can wait: after each piece it rests, and the longer the piece took, the longer in proportion too. An answer that took n times as long as a brisk one is followed by a
/// rest n times as long as the answer took. So a busy machine, which answers late, is left to what cannot wait, and an idle one hurries.
/// </summary>
/// <param name="brisk">How long a piece takes on a machine that has nothing else to do; zero for no rests.</param>
/// <param name="clock">Tells the time.</param>
public sealed class DutyCycle(TimeSpan brisk, TimeProvider clock)
{
    /// <summary>What is usual.</summary>
    public static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(2);

    /// <summary>However long a piece took, the rest after it is no longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Does a piece of work, and rests.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        await work();
        var rest = RestAfter(clock.GetElapsedTime(began));
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock, cancellation);
        }
    }

    private TimeSpan RestAfter(TimeSpan took)
    {
        var rest = brisk > TimeSpan.Zero ? took * (took / brisk) : TimeSpan.Zero;
        return rest < Longest ? rest : Longest;
    }
}
