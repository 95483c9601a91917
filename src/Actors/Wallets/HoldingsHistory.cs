using System.Collections.Immutable;

namespace WildNOut.Actors.Wallets;

/// <summary>From an instant on somebody held so much.</summary>
/// <param name="At">From when on.</param>
/// <param name="Total">Base units over all wallets.</param>
public sealed record HoldingsPoint(DateTimeOffset At, ulong Total);

/// <summary>What somebody held over time. Points are in order of time; what lies further back than <see cref="Reach"/> is thinned to the newest of it.</summary>
public static class HoldingsHistory
{
    /// <summary>How far back every instant has its answer; no weighted voting may last longer.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(90);

    /// <summary>Adds a point and drops those that no instant within reach asks for.</summary>
    public static ImmutableList<HoldingsPoint> Add(ImmutableList<HoldingsPoint> history, HoldingsPoint point)
    {
        var kept = history.Add(point);
        var horizon = point.At - Reach;
        while (kept.Count > 1 && kept[1].At < horizon)
        {
            kept = kept.RemoveAt(0);
        }

        return kept;
    }

    /// <summary>
    /// The total right before an instant: a change at the very instant comes after it, so that an answer given at the instant holds whatever follows.
    /// </summary>
    public static ulong TotalBefore(ImmutableList<HoldingsPoint> history, DateTimeOffset instant)
    {
        var (low, high) = (0, history.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = history[middle].At < instant ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : history[low - 1].Total;
    }
}
