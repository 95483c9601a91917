using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Actors.Users.Leaderboards;

namespace WildNOut.Actors.Users;

/// <summary>The capability of users: profiles, names, roles, deeds, points, achievements, boards.</summary>
/// <param name="settings">What the deployment sets.</param>
/// <param name="achievements">What can be achieved; null for nothing.</param>
public sealed class UsersSetup(UserSettings settings, AchievementCatalogue? achievements = null) : Capability
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions =>
    [
        EntityRegion.Of(new UserDefinition(settings.Points, achievements), Idle),
        EntityRegion.Of(new UsernameDefinition(), Idle),
    ];

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new UserProjection(), new AchievementProjection(), new LeaderboardProjection()];

    /// <inheritdoc />
    public override IEnumerable<Policy> Policies =>
        [new BattleDeedsPolicy(settings.BriskDeed), new VoteDeedsPolicy(settings.BriskDeed), new HoldingsPolicy(), new DeparturePolicy()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = UsersJson.Default;
        catalogue
            .Add("user.welcome.v1", json.WelcomeUser)
            .Add("user.learn-identity.v1", json.LearnIdentity)
            .Add("user.update-profile.v1", json.UpdateProfile)
            .Add("user.grant-role.v1", json.GrantRole)
            .Add("user.revoke-role.v1", json.RevokeRole)
            .Add("user.award-points.v1", json.AwardPoints)
            .Add("user.deduct-points.v1", json.DeductPoints)
            .Add("user.record-deeds.v1", json.RecordDeeds)
            .Add("user.delete.v1", json.DeleteUser)
            .Add("user.hear-username.v1", json.HearUsername)
            .Add("user.joined.v1", json.UserJoined)
            .Add("user.identity-learned.v1", json.IdentityLearned)
            .Add("user.profile-updated.v1", json.ProfileUpdated)
            .Add("user.username-set.v1", json.UsernameSet)
            .Add("user.username-confirmed.v1", json.UsernameConfirmed)
            .Add("user.username-lost.v1", json.UsernameLost)
            .Add("user.username-released.v1", json.UsernameReleased)
            .Add("user.username-refused.v1", json.UsernameRefused)
            .Add("user.role-granted.v1", json.RoleGranted)
            .Add("user.role-revoked.v1", json.RoleRevoked)
            .Add("user.points-awarded.v1", json.PointsAwarded)
            .Add("user.points-deducted.v1", json.PointsDeducted)
            .Add("user.level-changed.v1", json.LevelChanged)
            .Add("user.deed-recorded.v1", json.DeedRecorded)
            .Add("user.deleted.v1", json.UserDeleted)
            .Add("user.get.v1", json.GetUser)
            .Add("user.view.v1", json.UserView)
            .Add("user.points.v1", json.PointsView)
            .Add("user.applied.v1", json.Applied)
            .Add("user.snapshot.v1", json.UserSnapshot);
        catalogue
            .Add("user.grant-achievements.v1", json.GrantAchievements)
            .Add("user.get-achievements.v1", json.GetAchievements)
            .Add("user.achievements.v1", json.AchievementsView)
            .Add("user.achievement-earned.v1", json.AchievementEarned)
            .Add("user.achievement-progressed.v1", json.AchievementProgressed);
        catalogue
            .Add("username.claim.v1", json.ClaimUsername)
            .Add("username.confirm.v1", json.ConfirmUsername)
            .Add("username.release.v1", json.ReleaseUsername)
            .Add("username.get-owner.v1", json.GetUsernameOwner)
            .Add("username.claimed.v1", json.NameClaimed)
            .Add("username.confirmed.v1", json.NameConfirmed)
            .Add("username.released.v1", json.NameReleased)
            .Add("username.claim-reply.v1", json.UsernameReply)
            .Add("username.owner.v1", json.UsernameOwner)
            .Add("username.snapshot.v1", json.UsernameState);
    }
}
