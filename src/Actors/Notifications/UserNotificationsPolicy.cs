using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Notifications;

/// <summary>
/// People hear of what they have earned and of what an admin did to them. Points for deeds are told live only: they come by the dozen. Whoever leaves leaves an empty inbox.
/// </summary>
public sealed class UserNotificationsPolicy : Policy
{
    /// <summary>How the causes of an admin's changes of points begin.</summary>
    private const string ByAdmin = "admin:";

    /// <inheritdoc />
    public override string Name => "user-notifications";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.User];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event switch
    {
        AchievementEarned e => Tell(
            e.UserId, e.At, NotificationKind.AchievementEarned, $"user.achievement:{e.AchievementId}", $"You have earned “{e.Name}”: {e.Description}", new() { AchievementId = e.AchievementId, Points = e.Points }),
        LevelChanged e when e.Level > e.Before => Tell(
            e.UserId, e.At, NotificationKind.LevelUp, happened.Id, $"You have reached level {e.Level}.", new() { Level = e.Level }),
        RoleGranted e => Tell(
            e.UserId, e.At, NotificationKind.RoleGranted, happened.Id, $"You have the role {WireEnum<Role>.Name(e.Role)} now.", new() { Role = WireEnum<Role>.Name(e.Role) }),
        PointsAwarded e when IsAdmins(e.Cause) => Tell(
            e.UserId, e.At, NotificationKind.PointsChanged, happened.Id, $"An admin gave you {e.Amount} points: {e.Reason}", new() { Points = e.Amount, Balance = e.Balance, Reason = e.Reason }),
        PointsDeducted e when IsAdmins(e.Cause) => Tell(
            e.UserId, e.At, NotificationKind.PointsChanged, happened.Id, $"An admin took {e.Amount} points away: {e.Reason}", new() { Points = -e.Amount, Balance = e.Balance, Reason = e.Reason }),
        UserDeleted e => [new PolicyCommand(Inboxes.Of(e.UserId), new EmptyInbox())],
        _ => [],
    };

    private static bool IsAdmins(string cause) => cause.StartsWith(ByAdmin, StringComparison.Ordinal);

    private static PolicyCommand[] Tell(string userId, DateTimeOffset at, NotificationKind kind, string once, FormattableString title, NotificationData data) =>
        [new PolicyCommand(Inboxes.Of(userId), new Notify(kind, once, FormattableString.Invariant(title), data, at))];
}
