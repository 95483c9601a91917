namespace WildNOut.Actors.Users.Achievements;

/// <summary>The data of <c>achievement.earned</c>.</summary>
/// <param name="AchievementId">The achievement.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What was done for it.</param>
/// <param name="Category">What it is listed under.</param>
/// <param name="Points">What it gave.</param>
public sealed record AchievementGain(string AchievementId, string Name, string Description, string Category, long Points)
{
    /// <summary>What is told of an event.</summary>
    public static AchievementGain Of(AchievementEarned e) => new(e.AchievementId, e.Name, e.Description, e.Category, e.Points);
}

/// <summary>The data of <c>achievement.progressed</c>.</summary>
/// <param name="AchievementId">The achievement.</param>
/// <param name="Name">For people.</param>
/// <param name="Current">What counts by now.</param>
/// <param name="Threshold">What is needed.</param>
public sealed record AchievementStep(string AchievementId, string Name, long Current, long Threshold)
{
    /// <summary>What is told of an event.</summary>
    public static AchievementStep Of(AchievementProgressed e) => new(e.AchievementId, e.Name, e.Current, e.Threshold);
}
