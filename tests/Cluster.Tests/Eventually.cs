namespace WildNOut.Cluster.Tests;

/// <summary>Waits for what comes true in another process.</summary>
public static class Eventually
{
    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public static async Task Holds(string what, Func<Task<bool>> condition, TimeSpan patience)
    {
        var limit = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (!await condition())
        {
            if (Environment.TickCount64 > limit)
            {
                throw new TimeoutException($"Not within {patience.TotalSeconds:F0} s: {what}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task Holds(string what, Func<bool> condition, TimeSpan patience) => Holds(what, () => Task.FromResult(condition()), patience);
}
