using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Notifications;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Notifications;

public sealed class UserNotificationsSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void People_hear_of_what_they_have_earned_and_of_what_an_admin_did()
    {
        Told(new AchievementEarned("ann", "first-blood", "First blood", "Win a battle.", "battles", false, 50, Now), "user.achievement:first-blood",
            NotificationKind.AchievementEarned, "You have earned “First blood”: Win a battle.", new() { AchievementId = "first-blood", Points = 50 });
        Told(new LevelChanged("ann", 3, 2, Now), "user:ann|7|1", NotificationKind.LevelUp, "You have reached level 3.", new() { Level = 3 });
        Told(new RoleGranted("ann", Role.Moderator, "root", Now), "user:ann|7|1", NotificationKind.RoleGranted, "You have the role moderator now.", new() { Role = "moderator" });
        Told(new PointsAwarded("ann", 5, "bug", "root", "admin:x", 105, Now), "user:ann|7|1",
            NotificationKind.PointsChanged, "An admin gave you 5 points: bug", new() { Points = 5, Balance = 105, Reason = "bug" });
        Told(new PointsDeducted("ann", 5, "spam", "root", "admin:x", 95, Now), "user:ann|7|1",
            NotificationKind.PointsChanged, "An admin took 5 points away: spam", new() { Points = -5, Balance = 95, Reason = "spam" });
    }

    [Fact]
    public void A_level_that_is_lost_and_points_for_deeds_are_no_news()
    {
        Assert.Empty(React(new LevelChanged("ann", 2, 3, Now)));
        Assert.Empty(React(new PointsAwarded("ann", 1, "vote", "entry", "voteCast:entry", 1, Now)));
    }

    [Fact]
    public void Whoever_leaves_leaves_an_empty_inbox()
    {
        var (to, command) = Assert.Single(React(new UserDeleted("ann", null, 0, "ann", Now)));
        Assert.Equal(Inboxes.Of("ann"), to);
        Assert.IsType<EmptyInbox>(command);
    }

    private static void Told(IUserEvent happened, string once, NotificationKind kind, string title, NotificationData data)
    {
        var (to, command) = Assert.Single(React(happened));
        Assert.Equal((Inboxes.Of("ann"), new Notify(kind, once, title, data, Now)), (to, Assert.IsType<Notify>(command)));
    }

    private static IEnumerable<(EntityAddress To, ICommand Command)> React(IUserEvent happened) =>
        new UserNotificationsPolicy().React(new JournalEvent(1, "user:ann", 7, 1, happened)).Select(sent => (sent.To, sent.Command));
}
