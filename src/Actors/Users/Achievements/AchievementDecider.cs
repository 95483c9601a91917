using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>What deeds and definitions come to.</summary>
internal static class AchievementDecider
{
    /// <summary>The key of what a user owes to themself.</summary>
    public const string Key = "achievements";

    /// <summary>What makes the points of an achievement count once.</summary>
    public static string Cause(string id) => $"achievement:{id}";

    /// <summary>What follows from the counters as they are now: what is earned, with its points, and what came a step nearer.</summary>
    /// <param name="catalogue">What is defined.</param>
    /// <param name="unfolding">The decision so far.</param>
    /// <param name="before">Progress before the decision.</param>
    public static void Follow(AchievementCatalogue catalogue, Unfolding unfolding, in AchievementProgress before)
    {
        foreach (var due in AchievementRules.Due(catalogue, unfolding.State.Progress))
        {
            unfolding.Add(new AchievementEarned(
                unfolding.State.UserId, due.Id, due.Name, due.Description, due.Category, due.Hidden, due.Points, unfolding.At));
            if (!unfolding.State.HasCounted(Cause(due.Id)))
            {
                unfolding.Award(due.Points, Reasons.Achievement, due.Id, Cause(due.Id));
            }
        }

        var after = unfolding.State.Progress;
        foreach (var near in AchievementRules.Nearer(catalogue, before, after))
        {
            unfolding.Add(new AchievementProgressed(
                unfolding.State.UserId, near.Id, near.Name, after.Toward(near.Criterion), near.Threshold, unfolding.At));
        }
    }

    /// <summary>What a user who has just woken owes to themself.</summary>
    public static Question? Owed(AchievementCatalogue catalogue, UserState state) =>
        state.Lives && AchievementRules.Due(catalogue, state.Progress).Count > 0
            ? new Question(Key, UserRegions.OfUser(state.UserId), new GrantAchievements())
            : null;
}
