namespace WildNOut.Actors.Users.Achievements;

/// <summary>From state to what is asked for.</summary>
internal static class AchievementViews
{
    /// <summary>What is due counts as earned: it will be in a moment.</summary>
    public static AchievementsView View(AchievementCatalogue catalogue, UserState state, DateTimeOffset now) => new(
        state.UserId,
        state.Counters,
        [
            .. state.Earned.Values.OrderBy(achievement => achievement.At).ThenBy(achievement => achievement.Id, StringComparer.Ordinal),
            .. AchievementRules.Due(catalogue, state.Progress).Select(achievement => AchievementRules.Kept(achievement, now)),
        ],
        now);
}
