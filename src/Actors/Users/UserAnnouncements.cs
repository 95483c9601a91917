using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>What a user is told of on the channel <c>user:{id}</c>.</summary>
internal static class UserAnnouncements
{
    public static IEnumerable<Announcement> Of(UserState state, IUserEvent @event)
    {
        var channel = $"user:{state.UserId}";
        return @event switch
        {
            PointsAwarded e => [Points(channel, "points.awarded", e.At, new PointsChange(e.Amount, e.Reason, e.Source, e.Balance))],
            PointsDeducted e => [Points(channel, "points.deducted", e.At, new PointsChange(e.Amount, e.Reason, e.Source, e.Balance))],
            AchievementEarned e => [Announcement.Of(channel, "achievement.earned", e.At, AchievementGain.Of(e), UsersJson.Default.AchievementGain)],
            AchievementProgressed e => [Announcement.Of(channel, "achievement.progressed", e.At, AchievementStep.Of(e), UsersJson.Default.AchievementStep)],
            LevelChanged e when e.Level > e.Before => [Level(channel, "level.up", e), Level(channel, "level.changed", e)],
            LevelChanged e => [Level(channel, "level.changed", e)],
            ProfileUpdated or UsernameSet or UsernameLost or RoleGranted or RoleRevoked when state.Lives =>
                [Announcement.Of(channel, "profile.updated", @event.At, ProfileChange.Of(state), UsersJson.Default.ProfileChange)],
            _ => [],
        };
    }

    private static Announcement Points(string channel, string type, DateTimeOffset at, PointsChange data) =>
        Announcement.Of(channel, type, at, data, UsersJson.Default.PointsChange);

    private static Announcement Level(string channel, string type, LevelChanged e) =>
        Announcement.Of(channel, type, e.At, new LevelChange(e.Level, e.Before), UsersJson.Default.LevelChange);
}

/// <summary>The data of <c>points.awarded</c> and <c>points.deducted</c>.</summary>
/// <param name="Amount">At least 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">What or who changed them.</param>
/// <param name="Balance">The points after it.</param>
public sealed record PointsChange(long Amount, string Reason, string Source, long Balance);

/// <summary>The data of <c>level.up</c> and <c>level.changed</c>.</summary>
public sealed record LevelChange(long Level, long Before);

/// <summary>The data of <c>profile.updated</c>: the profile as it is now.</summary>
public sealed record ProfileChange(
    string Username, string? DisplayName, string? Bio, string? AvatarUrl, Role Role, bool ShowWallets, bool ShowHoldings, long Version)
{
    /// <summary>The profile of a state.</summary>
    internal static ProfileChange Of(UserState state) => new(
        state.Name!.Username, state.Profile.DisplayName, state.Profile.Bio, state.Profile.AvatarUrl, state.Role,
        state.Profile.ShowWallets, state.Profile.ShowHoldings, state.Profile.Version);
}
