using System.Collections.Immutable;

namespace WildNOut.Actors.Token;

/// <summary>A price at an instant.</summary>
public sealed record PricePoint(DateTimeOffset At, decimal Price);

/// <summary>The prices of the last 24 hours, thinned to one in five minutes: enough to tell what the price was a day ago.</summary>
/// <param name="Points">Ascending; the first is the newest one that is at least a day old, where there is one.</param>
public sealed record PriceDay(ImmutableArray<PricePoint> Points)
{
    /// <summary>How far back it reaches.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromHours(24);

    /// <summary>Between points that lie further apart the price is unknown.</summary>
    public static readonly TimeSpan WidestGap = TimeSpan.FromMinutes(15);

    /// <summary>No prices.</summary>
    public static readonly PriceDay Empty = new(ImmutableArray<PricePoint>.Empty);

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    /// <summary>The day with one more price; it must not be older than the last.</summary>
    public PriceDay Add(PricePoint point)
    {
        var from = point.At - Reach;
        var old = 0;
        while (old + 1 < Points.Length && Points[old + 1].At <= from)
        {
            old++;
        }

        var kept = old == 0 ? Points : Points.RemoveRange(0, old);
        return kept.Length > 0 && point.At - kept[^1].At < Apart ? this with { Points = kept } : new PriceDay(kept.Add(point));
    }

    /// <summary>The price at an instant, on the line between the points around it; null where there is none on either side, or they lie too far apart.</summary>
    public decimal? At(DateTimeOffset instant)
    {
        for (var i = 0; i < Points.Length; i++)
        {
            if (Points[i].At == instant)
            {
                return Points[i].Price;
            }

            if (Points[i].At > instant)
            {
                return i == 0 ? null : Between(Points[i - 1], Points[i], instant);
            }
        }

        return null;
    }

    private static decimal? Between(PricePoint before, PricePoint after, DateTimeOffset instant)
    {
        var gap = after.At - before.At;
        return gap > WidestGap
            ? null
            : before.Price + (after.Price - before.Price) * (instant - before.At).Ticks / gap.Ticks;
    }
}
