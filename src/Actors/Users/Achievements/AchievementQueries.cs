using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>Asks what a user has earned and how far they are; answered with <see cref="AchievementsView"/>, or a refusal where there is no such user.</summary>
public sealed record GetAchievements : IQuery;

/// <summary>What a user has earned and how far they are.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Counters">What they did.</param>
/// <param name="Earned">By time, with what is due as of <paramref name="At"/>.</param>
/// <param name="At">When that is so.</param>
public sealed record AchievementsView(string UserId, Counters Counters, IReadOnlyList<EarnedAchievement> Earned, DateTimeOffset At) : IReply
{
    /// <summary>How far they are.</summary>
    [JsonIgnore]
    public AchievementProgress Progress => new(Counters, Earned.ToDictionary(achievement => achievement.Id, StringComparer.Ordinal));
}
