namespace WildNOut.Actors.Users.Achievements;

/// <summary>An achievement is the user's, for good. Its points come as an event of their own, in the same row.</summary>
/// <param name="AchievementId">The achievement.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What was done for it.</param>
/// <param name="Category">What it is listed under.</param>
/// <param name="Hidden">Whether only the user sees it.</param>
/// <param name="Points">What it gives, 0 or more.</param>
public sealed record AchievementEarned(
    string UserId, string AchievementId, string Name, string Description, string Category, bool Hidden, long Points, DateTimeOffset At) : IUserEvent;

/// <summary>A further tenth of the way to an achievement is behind the user, and it is not reached. Told, not kept.</summary>
/// <param name="AchievementId">The achievement.</param>
/// <param name="Name">For people.</param>
/// <param name="Current">What counts by now.</param>
/// <param name="Threshold">What is needed.</param>
public sealed record AchievementProgressed(
    string UserId, string AchievementId, string Name, long Current, long Threshold, DateTimeOffset At) : IUserEvent;
