namespace WildNOut.Actors.Users.Achievements;

/// <summary>Which achievements follow from progress.</summary>
public static class AchievementRules
{
    /// <summary>Into how many steps the way to an achievement is divided: a step is told, what lies between is not.</summary>
    public const int Steps = 10;

    /// <summary>What is reached and not yet earned, in the order of the configuration. Empty once it is earned, whatever comes again.</summary>
    public static IReadOnlyList<Achievement> Due(AchievementCatalogue catalogue, AchievementProgress progress)
    {
        List<Achievement>? due = null;
        foreach (var achievement in catalogue.All)
        {
            if (progress.Best(achievement.Criterion) >= achievement.Threshold && !progress.Earned.ContainsKey(achievement.Id))
            {
                (due ??= []).Add(achievement);
            }
        }

        return due ?? (IReadOnlyList<Achievement>)[];
    }

    /// <summary>Which achievements came a step nearer, between two states, without being reached. Hidden ones say nothing.</summary>
    public static IEnumerable<Achievement> Nearer(AchievementCatalogue catalogue, AchievementProgress before, AchievementProgress after) =>
        catalogue.All.Where(achievement => !achievement.Hidden
            && after.Best(achievement.Criterion) < achievement.Threshold
            && !after.Earned.ContainsKey(achievement.Id)
            && Step(achievement, after) > Step(achievement, before));

    /// <summary>An achievement as it is kept once it is earned.</summary>
    public static EarnedAchievement Kept(Achievement achievement, DateTimeOffset at) =>
        new(achievement.Id, achievement.Name, achievement.Description, achievement.Category, achievement.Hidden, achievement.Points, at);

    private static long Step(Achievement achievement, AchievementProgress progress) =>
        Math.Min(progress.Toward(achievement.Criterion), achievement.Threshold) * Steps / achievement.Threshold;
}
