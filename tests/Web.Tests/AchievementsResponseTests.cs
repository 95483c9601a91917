using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Web.Endpoints;

namespace WildNOut.Web.Tests;

/// <summary>Who sees what of a user's achievements.</summary>
public sealed class AchievementsResponseTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly AchievementCatalogue Catalogue = new(
    [
        new Achievement("one", "One", "Cast a vote", "voting", 5, false, Criterion.VotesCast, 1),
        new Achievement("crown", "Crown", "Win", "battles", 50, false, Criterion.BattleVictories, 1),
        new Achievement("ten", "Ten", "Cast 10 votes", "voting", 25, false, Criterion.VotesCast, 10),
        new Achievement("secret", "Secret", "Cast 5 votes", "voting", 75, true, Criterion.VotesCast, 5),
        new Achievement("riddle", "Riddle", "Cast 500 votes", "voting", 500, true, Criterion.VotesCast, 500),
        new Achievement("week", "Week", "7 days", "loyalty", 50, false, Criterion.LoginStreakDays, 7),
    ]);

    [Fact]
    public void One_s_own_list_has_everything_by_category_with_progress()
    {
        var list = Own();
        Assert.Equal(["voting", "battles", "loyalty"], list.Categories.Select(category => category.Category));
        Assert.Equal(["one", "ten", "secret", "riddle", "gone"], list.Categories[0].Items.Select(item => item.Id));
        Assert.Equal((2, 4), (list.Categories[0].Earned, list.Categories[0].Total));
        Assert.Equal((0, 1), (list.Categories[1].Earned, list.Categories[1].Total));
        Assert.Equal(("ana", 2, 6, 33, 100L), (list.UserId, list.Earned, list.Total, list.Percent, list.Points));
        var ten = Item(list, "ten");
        Assert.Equal((false, null, 25L), (ten.Earned, ten.EarnedAt, ten.Points));
        Assert.Equal((new AchievementCriteriaResponse(Criterion.VotesCast, 10), new AchievementProgressResponse(6, 60)), (ten.Criteria, ten.Progress));
        Assert.Equal((true, Now, new AchievementProgressResponse(6, 100)), (Item(list, "one").Earned, Item(list, "one").EarnedAt, Item(list, "one").Progress));
    }

    [Fact]
    public void A_hidden_one_says_nothing_until_it_is_earned()
    {
        var riddle = Item(Own(), "riddle");
        Assert.Equal((true, "Riddle", null, null, null), (riddle.Hidden, riddle.Name, riddle.Description, riddle.Criteria, riddle.Progress));
        var secret = Item(Own(), "secret");
        Assert.Equal((true, "Cast 5 votes", new AchievementCriteriaResponse(Criterion.VotesCast, 5)), (secret.Earned, secret.Description, secret.Criteria));
    }

    [Fact]
    public void Others_see_what_is_earned_and_not_hidden_and_no_progress()
    {
        var list = AchievementsResponse.Of(Catalogue, View(), own: false);
        Assert.Equal(["one", "gone"], list.Categories.SelectMany(category => category.Items).Select(item => item.Id));
        Assert.All(list.Categories.SelectMany(category => category.Items), item => Assert.Null(item.Progress));
        Assert.Equal((1, 4, 25, 25L), (list.Earned, list.Total, list.Percent, list.Points));
        Assert.Equal((1, 2), (Assert.Single(list.Categories).Earned, list.Categories[0].Total));
    }

    [Fact]
    public void What_is_defined_no_more_is_shown_as_it_was_earned()
    {
        var gone = Item(Own(), "gone");
        Assert.Equal((true, true, "Gone", "Did it", 20L), (gone.Retired, gone.Earned, gone.Name, gone.Description, gone.Points));
        Assert.Equal((null, null), (gone.Criteria, gone.Progress));
        Assert.DoesNotContain(AchievementsResponse.Of(Catalogue, View(goneIsHidden: true), own: false).Categories[0].Items, item => item.Id == "gone");
    }

    [Fact]
    public void A_streak_shows_the_one_that_is_under_way()
    {
        Assert.Equal(new AchievementProgressResponse(2, 28), Item(Own(), "week").Progress);
        var later = AchievementsResponse.Of(Catalogue, View() with { At = Now.AddDays(2) }, own: true);
        Assert.Equal(new AchievementProgressResponse(0, 0), Item(later, "week").Progress);
    }

    [Fact]
    public void Without_any_definitions_there_is_nothing_of_nothing()
    {
        var list = AchievementsResponse.Of(AchievementCatalogue.Empty, View() with { Earned = [] }, own: true);
        Assert.Equal((0, 0, 0, 0L), (list.Earned, list.Total, list.Percent, list.Points));
        Assert.Empty(list.Categories);
    }

    private static AchievementsResponse Own() => AchievementsResponse.Of(Catalogue, View(), own: true);

    private static AchievementResponse Item(AchievementsResponse list, string id) =>
        list.Categories.SelectMany(category => category.Items).Single(item => item.Id == id);

    private static AchievementsView View(bool goneIsHidden = false) => new(
        "ana",
        Counters.None with { Votes = 6, Seen = LoginDays.None.See(new DateOnly(2025, 12, 20)).See(new DateOnly(2026, 1, 1)).See(new DateOnly(2026, 1, 2)) },
        [
            new EarnedAchievement("one", "One of then", "Then", "old", false, 5, Now),
            new EarnedAchievement("secret", "Secret", "Cast 5 votes", "voting", true, 75, Now),
            new EarnedAchievement("gone", "Gone", "Did it", "voting", goneIsHidden, 20, Now),
        ],
        Now);
}
