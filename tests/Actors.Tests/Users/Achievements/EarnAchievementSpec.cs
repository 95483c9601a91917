using System.Text.Json;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

/// <summary>The user's entity and its achievements, without a shell.</summary>
public sealed class EarnAchievementSpec
{
    private static readonly Achievement FirstVote = new("first-vote", "Heard", "Cast a vote", "voting", 120, false, Criterion.VotesCast, 1);
    private static readonly Achievement Juror = new("juror", "Juror", "Cast 20 votes", "voting", 25, false, Criterion.VotesCast, 20);
    private static readonly Achievement Secret = new("secret", "Secret", "Cast 3 votes", "voting", 0, true, Criterion.VotesCast, 3);

    [Fact]
    public void An_achievement_comes_with_its_deed_its_points_and_its_level_in_one_decision()
    {
        var account = new Account(new AchievementCatalogue([FirstVote, Juror]));
        Assert.Collection(
            account.Did(Vote(1)),
            deed => Assert.IsType<DeedRecorded>(deed),
            points => Assert.Equal(1, Assert.IsType<PointsAwarded>(points).Amount),
            earned => Assert.Equal(("first-vote", 120), (Assert.IsType<AchievementEarned>(earned).AchievementId, ((AchievementEarned)earned).Points)),
            points => Assert.Equal((120, "achievement:first-vote", 121), (Assert.IsType<PointsAwarded>(points).Amount, ((PointsAwarded)points).Cause, ((PointsAwarded)points).Balance)),
            level => Assert.Equal((2, 1), (Assert.IsType<LevelChanged>(level).Level, ((LevelChanged)level).Before)));
        Assert.Empty(account.Did(Vote(1)));
    }

    [Fact]
    public void Steps_on_the_way_are_told_and_not_every_vote()
    {
        var account = new Account(new AchievementCatalogue([Juror]));
        for (var n = 1; n <= 30; n++)
        {
            account.Did(Vote(n));
        }

        Assert.Equal([2, 4, 6, 8, 10, 12, 14, 16, 18], account.Of<AchievementProgressed>().Select(step => step.Current));
        Assert.Equal(["juror"], account.Earned);
    }

    [Fact]
    public void Many_deeds_at_once_are_told_as_one_step()
    {
        var account = new Account(new AchievementCatalogue([Juror]));
        account.Did([.. Enumerable.Range(1, 15).Select(Vote)]);
        Assert.Equal(15, Assert.Single(account.Of<AchievementProgressed>()).Current);
    }

    [Fact]
    public void One_without_points_leaves_the_ledger_alone_and_a_hidden_one_says_nothing_before_it_is_earned()
    {
        var account = new Account(new AchievementCatalogue([Secret]));
        account.Did(Vote(1), Vote(2));
        Assert.Empty(account.Of<AchievementProgressed>());
        account.Did(Vote(3));
        Assert.True(Assert.Single(account.Of<AchievementEarned>()).Hidden);
        Assert.DoesNotContain(account.Of<PointsAwarded>(), change => change.Reason == "achievement");
    }

    [Fact]
    public void A_user_who_wakes_to_a_new_definition_owes_it_to_themself_and_shows_it_at_once()
    {
        var account = new Account(new AchievementCatalogue([FirstVote]));
        account.Did([.. Enumerable.Range(1, 20).Select(Vote)]);
        Assert.Empty(account.Owed);
        account.Restart(new AchievementCatalogue([FirstVote, Juror]));

        Assert.Equal(["first-vote", "juror"], account.View.Earned.Select(achievement => achievement.Id));
        var owed = Assert.Single(account.Owed);
        Assert.Equal(new EntityAddress(Names.Regions.User, "ana"), owed.Target);
        var balance = account.State.Balance;
        account.Send((IUserCommand)owed.Command);
        Assert.Equal(balance + 25, account.State.Balance);
        Assert.Empty(account.Owed);
        Assert.Empty(account.Send((IUserCommand)owed.Command));
        Assert.Equal(["first-vote", "juror"], account.View.Earned.Select(achievement => achievement.Id));
    }

    [Fact]
    public void What_is_defined_no_more_stays_earned_as_it_was()
    {
        var account = new Account(new AchievementCatalogue([FirstVote]));
        account.Did(Vote(1));
        account.Restart(AchievementCatalogue.Empty);
        account.Thaw();
        account.Did(Vote(2));
        Assert.Equal(
            new EarnedAchievement("first-vote", FirstVote.Name, FirstVote.Description, FirstVote.Category, false, 120, Account.Now),
            Assert.Single(account.View.Earned));
    }

    [Fact]
    public void A_cause_that_was_counted_before_gives_no_points_again()
    {
        var account = new Account(new AchievementCatalogue([FirstVote]));
        account.Send(new AwardPoints(5, "By hand", "admin", "achievement:first-vote"));
        account.Did(Vote(1));
        Assert.Equal(["first-vote"], account.Earned);
        Assert.Equal(6, account.State.Balance);
    }

    [Fact]
    public void Who_is_not_here_has_nothing_and_is_owed_nothing()
    {
        var definition = new UserDefinition(PointRules.Default, new AchievementCatalogue([FirstVote]));
        var nobody = definition.Empty("nobody");
        Assert.Equal(RejectionKind.NotFound, Assert.IsType<Rejection>(definition.Answer(nobody, new GetAchievements(), Account.Now)).Kind);
        Assert.IsType<Rejection>(definition.Decide(nobody, new GrantAchievements(), Account.Now).Reply);

        var account = new Account(AchievementCatalogue.Empty);
        account.Did(Vote(1));
        account.Send(new DeleteUser("ana"));
        account.Restart(new AchievementCatalogue([FirstVote]));
        Assert.DoesNotContain(account.Owed, owed => owed.Command is GrantAchievements);
    }

    [Fact]
    public void The_user_is_told_of_it_and_nobody_else()
    {
        var account = new Account(new AchievementCatalogue([FirstVote, Juror]));
        var told = Told(account, account.Did(Vote(1), Vote(2)));
        Assert.Equal(["achievement.earned", "achievement.progressed"], told.Select(announcement => announcement.Type));
        Assert.All(told, announcement => Assert.Equal("user:ana", announcement.Channel));
        var earned = JsonDocument.Parse(told[0].Data).RootElement;
        Assert.Equal(("first-vote", "Heard", 120), (earned.GetProperty("achievementId").GetString(), earned.GetProperty("name").GetString(), earned.GetProperty("points").GetInt32()));
        var step = JsonDocument.Parse(told[1].Data).RootElement;
        Assert.Equal(("juror", 2, 20), (step.GetProperty("achievementId").GetString(), step.GetProperty("current").GetInt32(), step.GetProperty("threshold").GetInt32()));
    }

    private static List<Announcement> Told(Account account, IEnumerable<IUserEvent> events)
    {
        var definition = new UserDefinition(PointRules.Default);
        return [.. events.SelectMany(happened => definition.Announce(account.State, happened)).Where(announcement => announcement.Type.StartsWith("achievement.", StringComparison.Ordinal))];
    }

    private static Deed Vote(int n) => new(DeedKind.VoteCast, $"entry-{n}", Account.Now);
}
