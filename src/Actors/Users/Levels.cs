namespace WildNOut.Actors.Users;

/// <summary>Levels follow from points alone: level n begins at 50·n·(n−1) points, without a top.</summary>
public static class Levels
{
    private const long Step = 50;

    /// <summary>The most points anybody may have: far beyond any use, and no threshold above it overflows.</summary>
    public const long MostPoints = 1_000_000_000_000_000;

    /// <summary>Where a level begins.</summary>
    /// <param name="level">From 1.</param>
    public static long Threshold(long level) => Step * level * (level - 1);

    /// <summary>The level of a balance.</summary>
    /// <param name="points">0 to <see cref="MostPoints"/>.</param>
    public static long Of(long points)
    {
        // The root is exact to within one; the two corrections make it exact.
        var level = (long)((1 + Math.Sqrt(1 + (4.0 * points / Step))) / 2);
        while (Threshold(level) > points)
        {
            level--;
        }

        while (Threshold(level + 1) <= points)
        {
            level++;
        }

        return level;
    }

    /// <summary>How a balance stands between its level and the next.</summary>
    public static PointsView View(long points)
    {
        var level = Of(points);
        var (current, next) = (Threshold(level), Threshold(level + 1));
        return new PointsView(points, level, current, next, (int)((points - current) * 100 / (next - current)), next - points);
    }
}
