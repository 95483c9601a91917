namespace WildNOut.Actors.Users.Achievements;

/// <summary>Grants what is reached and not earned: a definition may be younger than the progress. Safe to repeat. Answered with <see cref="Applied"/>.</summary>
public sealed record GrantAchievements : IUserCommand;
