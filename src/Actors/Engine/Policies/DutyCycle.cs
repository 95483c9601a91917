namespace WildNOut.Actors.Engine.Policies;

/// <summary>
/// For work that can wait: after each piece it rests, for the time that the piece took, squared, divided by that of a brisk piece. Twice the time
/// of a brisk piece is followed by a rest twice as long as the work, ten times by one ten times as long. So a busy machine, which answers late,
/// is left to what cannot wait, and an idle one hurries.
/// </summary>
/// <param name="brisk">How long a piece takes on a machine that has nothing else to do; zero for no rests.</param>
/// <param name="clock">Tells the time.</param>
public sealed class DutyCycle(TimeSpan brisk, TimeProvider clock)
{
    /// <summary>What is usual.</summary>
    public static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(1);

    /// <summary>However long a piece took, the rest after it is no longer: some of the work is always done.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

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
        if (brisk <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var rest = took < Longest ? took * (took / brisk) : Longest;
        return rest < Longest ? rest : Longest;
    }
}
