namespace WildNOut.Chain.Rpc;

/// <summary>Growing waits with jitter, so that callers who failed together do not come back together.</summary>
internal static class Backoff
{
    /// <summary>The wait after some failures in a row: least × 2^(failures-1) up to most, of which the upper half is random.</summary>
    /// <param name="failures">0 for no wait.</param>
    /// <param name="least">The wait after one failure.</param>
    /// <param name="most">The bound.</param>
    /// <param name="roll">The dice, from 0 to below 1.</param>
    public static TimeSpan After(int failures, TimeSpan least, TimeSpan most, double roll)
    {
        if (failures <= 0)
        {
            return TimeSpan.Zero;
        }

        var whole = Math.Min(least.TotalSeconds * Math.Pow(2, failures - 1), most.TotalSeconds);
        return TimeSpan.FromSeconds((whole / 2) + (whole / 2 * roll));
    }
}
