using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using Xunit;

namespace WildNOut.Actors.Tests.Users.Achievements;

public sealed class AchievementRulesSpec
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<Criterion> AllCriteria => [.. Enum.GetValues<Criterion>()];

    [Theory]
    [MemberData(nameof(AllCriteria))]
    public void Each_criterion_is_reached_by_its_own_deed_and_by_no_other(Criterion criterion)
    {
        var catalogue = new AchievementCatalogue([.. Enum.GetValues<Criterion>().Select(each => An(Criteria.Name(each), each, 1))]);
        // A victory is a battle in which one took part, too.
        var expected = criterion == Criterion.BattleVictories ? new[] { Criterion.BattleParticipations, criterion } : [criterion];
        Assert.Equal(
            expected.Select(Criteria.Name),
            AchievementRules.Due(catalogue, Progress(DeedOf(criterion))).Select(achievement => achievement.Id));
    }

    [Fact]
    public void The_threshold_itself_is_enough_and_one_less_is_not()
    {
        var catalogue = new AchievementCatalogue([An("ten", Criterion.VotesCast, 10)]);
        Assert.Empty(AchievementRules.Due(catalogue, Progress(Votes(9))));
        Assert.Single(AchievementRules.Due(catalogue, Progress(Votes(10))));
    }

    [Fact]
    public void What_is_earned_is_not_due_again_even_when_its_definition_changes()
    {
        var progress = Earned(Progress(Votes(10)), An("x", Criterion.VotesCast, 10));
        Assert.Empty(AchievementRules.Due(new AchievementCatalogue([An("x", Criterion.VotesCast, 1)]), progress));
        Assert.Empty(AchievementRules.Due(new AchievementCatalogue([An("x", Criterion.Followers, 0)]), progress));
    }

    [Fact]
    public void A_new_definition_finds_the_progress_that_was_made_before_it()
    {
        var progress = Earned(Progress(Votes(10)), An("old", Criterion.VotesCast, 1));
        var catalogue = new AchievementCatalogue([An("new", Criterion.VotesCast, 5), An("far", Criterion.VotesCast, 50)]);
        Assert.Equal("new", Assert.Single(AchievementRules.Due(catalogue, progress)).Id);
    }

    [Fact]
    public void Holdings_are_the_highest_reading_and_never_a_sum()
    {
        var progress = Progress(Held(400), Held(900), Held(300), Held(900));
        Assert.Equal(900, progress.Best(Criterion.TokenHoldings));
    }

    [Fact]
    public void A_broken_streak_still_earns_but_does_not_count_towards_the_next()
    {
        var progress = Progress(Day(1), Day(2), Day(3), Day(9));
        Assert.Equal(3, progress.Best(Criterion.LoginStreakDays));
        Assert.Equal(1, progress.Toward(Criterion.LoginStreakDays));
        Assert.Equal(0, progress.TowardOn(Criterion.LoginStreakDays, DateOnly.FromDateTime(Day(11).At.UtcDateTime)));
    }

    [Fact]
    public void Every_tenth_of_the_way_is_told_once_and_nothing_between()
    {
        var catalogue = new AchievementCatalogue([An("hundred", Criterion.VotesCast, 100)]);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90], Enumerable.Range(1, 120).Where(n => Told(catalogue, Votes(n - 1), Votes(n))));
    }

    [Fact]
    public void A_short_way_is_told_step_by_step_and_a_jump_over_several_steps_once()
    {
        var catalogue = new AchievementCatalogue([An("three", Criterion.VotesCast, 3)]);
        Assert.Equal([1, 2], Enumerable.Range(1, 5).Where(n => Told(catalogue, Votes(n - 1), Votes(n))));
        Assert.Single(AchievementRules.Nearer(new AchievementCatalogue([An("hundred", Criterion.VotesCast, 100)]), Progress(Votes(5)), Progress(Votes(88))));
    }

    [Fact]
    public void Hidden_ones_and_those_reached_or_earned_are_not_told()
    {
        var hidden = new AchievementCatalogue([An("x", Criterion.VotesCast, 10) with { Hidden = true }]);
        Assert.False(Told(hidden, Votes(1), Votes(2)));
        var earned = An("x", Criterion.VotesCast, 10);
        Assert.Empty(AchievementRules.Nearer(new AchievementCatalogue([earned]), Earned(Progress(Votes(1)), earned), Earned(Progress(Votes(2)), earned)));
    }

    [Fact]
    public void The_highest_threshold_that_is_allowed_can_be_reckoned_with()
    {
        var catalogue = new AchievementCatalogue([An("x", Criterion.TokenHoldings, 1_000_000_000_000_000)]);
        Assert.True(Told(catalogue, [], [Held(999_999_999_999_999)]));
        Assert.Single(AchievementRules.Due(catalogue, Progress(Held(long.MaxValue))));
    }

    [Fact]
    public void What_was_earned_is_kept_as_it_was()
    {
        var achievement = An("x", Criterion.VotesCast, 10) with { Hidden = true };
        Assert.Equal(
            new EarnedAchievement("x", achievement.Name, achievement.Description, achievement.Category, true, achievement.Points, Now),
            AchievementRules.Kept(achievement, Now));
    }

    private static bool Told(AchievementCatalogue catalogue, Deed[] before, Deed[] after) =>
        AchievementRules.Nearer(catalogue, Progress(before), Progress(after)).Any();

    private static Achievement An(string id, Criterion criterion, long threshold) =>
        new(id, $"The {id}", $"Do {id}", "tests", 5, false, criterion, threshold);

    private static AchievementProgress Progress(params Deed[] deeds) =>
        new(deeds.Aggregate(Counters.None, (counters, deed) => counters.After(deed)), new Dictionary<string, EarnedAchievement>());

    private static AchievementProgress Earned(AchievementProgress progress, Achievement achievement) =>
        progress with { Earned = new Dictionary<string, EarnedAchievement> { [achievement.Id] = AchievementRules.Kept(achievement, Now) } };

    private static Deed[] Votes(int count) => [.. Enumerable.Range(0, count).Select(n => new Deed(DeedKind.VoteCast, $"entry-{n}", Now))];

    private static Deed Held(long tokens) => new(DeedKind.TokensHeld, "wallet", Now, Tokens: tokens);

    private static Deed Day(int day) => new(DeedKind.DaySeen, "", Now.AddDays(day));

    private static Deed DeedOf(Criterion criterion) => criterion switch
    {
        Criterion.ContentCreated => new Deed(DeedKind.ContentPublished, "content", Now),
        Criterion.BattleEntries => new Deed(DeedKind.EntrySubmitted, "entry", Now),
        Criterion.BattleParticipations => new Deed(DeedKind.BattleCompleted, "battle", Now, Rank: 2),
        Criterion.BattleVictories => new Deed(DeedKind.BattleCompleted, "battle", Now, Rank: 1),
        Criterion.ContentReactions => new Deed(DeedKind.ReactionReceived, "content", Now),
        Criterion.Followers => new Deed(DeedKind.FollowerGained, "follower", Now),
        Criterion.VotesCast => new Deed(DeedKind.VoteCast, "entry", Now),
        Criterion.CommentsCreated => new Deed(DeedKind.CommentCreated, "comment", Now),
        Criterion.TokenHoldings => Held(1),
        _ => Day(1),
    };
}
