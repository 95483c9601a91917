using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using Xunit;
using static WildNOut.Actors.Tests.Users.Somebody;

namespace WildNOut.Actors.Tests.Users;

public sealed class PointsSpec
{
    [Fact]
    public void Points_come_and_go_and_the_level_with_them()
    {
        var user = New();
        user.When(Award(120, "a"), Now).Then(Awarded(120, "a", 120), new LevelChanged(Id, 2, 1, Now)).Replying(new PointsView(120, 2, 100, 300, 10, 180));
        user.When(Deduct(21, "b"), Now)
            .Then(new PointsDeducted(Id, 21, "because", "root", "b", 99, Now), new LevelChanged(Id, 1, 2, Now)).Replying(new PointsView(99, 1, 0, 100, 99, 1));
        user.When(Award(501, "c"), Now).Then(Awarded(501, "c", 600), new LevelChanged(Id, 4, 1, Now));
    }

    [Fact]
    public void A_cause_counts_once_also_when_nothing_remembers_its_command()
    {
        var user = New();
        user.When(Award(120, "a"), Now);
        user.When(Award(120, "a"), Now).ThenNothingHappens().Replying(Levels.View(120));
        user.When(Deduct(20, "b"), Now);
        user.When(Deduct(20, "b"), Now).ThenNothingHappens().Replying(Levels.View(100));
    }

    [Fact]
    public void Nobody_owes_points_and_nobody_has_more_than_there_may_be()
    {
        var user = New().Given(Awarded(20, "a", 20));
        user.When(Deduct(21, "b"), Now).ThenRejected(RejectionKind.Conflict, "insufficient_points");
        user.When(Deduct(20, "b"), Now).Then(new PointsDeducted(Id, 20, "because", "root", "b", 0, Now));
        New().Given(Awarded(Levels.MostPoints, "a", Levels.MostPoints)).When(Award(1, "b"), Now).ThenRejected(RejectionKind.Conflict, "too_many_points");
    }

    [Theory]
    [InlineData(0, "because", "amount")]
    [InlineData(-1, "because", "amount")]
    [InlineData(1_000_000_001, "because", "amount")]
    [InlineData(1, "", "reason")]
    [InlineData(1, "  ", "reason")]
    public void What_is_wrong_with_a_change_is_said(long amount, string reason, string field)
    {
        New().When(new AwardPoints(amount, reason, "root", "a"), Now).ThenFaultyFields(field);
        New().When(new DeductPoints(amount, reason, "root", "a"), Now).ThenFaultyFields(field);
    }

    [Fact]
    public void A_deed_counts_once_and_earns_once()
    {
        var user = New();
        var entered = new Deed(DeedKind.EntrySubmitted, "e1", Now);
        user.When(RecordDeeds.Of(entered), Now.AddSeconds(5)).Then(
            new DeedRecorded(Id, entered, 10, Now.AddSeconds(5)),
            new PointsAwarded(Id, 10, "battle_entry", "e1", "entrySubmitted:e1", 10, Now.AddSeconds(5)));
        user.When(RecordDeeds.Of(entered), Now).ThenNothingHappens().Replying(Applied.Instance);
        Assert.Equal((1, 10), (user.State.Counters.Entries, user.State.Balance));
    }

    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(2, 50, 0)]
    [InlineData(3, 25, 0)]
    [InlineData(4, 0, 0)]
    [InlineData(null, 0, 0)]
    public void A_completed_battle_pays_its_first_ranks(int? rank, long points, long wins)
    {
        var user = New();
        user.When(RecordDeeds.Of(new Deed(DeedKind.BattleCompleted, "b1", Now, rank)), Now);
        Assert.Equal((points, wins, 1), (user.State.Balance, user.State.Counters.Wins, user.State.Counters.Battles));
    }

    [Fact]
    public void Votes_pay_up_to_the_most_of_their_day_whatever_order_they_are_told_in()
    {
        var user = New();
        user.When(new RecordDeeds([.. Enumerable.Range(0, 80).Select(i => Vote(i, Now.AddDays(i % 2)))]), Now.AddDays(3));
        Assert.Equal((80, 80), (user.State.Counters.Votes, user.State.Balance));
        user.When(new RecordDeeds([.. Enumerable.Range(100, 30).Select(i => Vote(i, Now.AddDays(1)))]), Now.AddDays(3));
        Assert.Equal((110, 90), (user.State.Counters.Votes, user.State.Balance));
        user.When(new RecordDeeds([.. Enumerable.Range(200, 30).Select(i => Vote(i))]), Now.AddDays(9));
        Assert.Equal((140, 100), (user.State.Counters.Votes, user.State.Balance));
        Assert.Equal(2, user.State.VotePoints.Count);
    }

    [Fact]
    public void Votes_of_a_day_that_is_no_longer_kept_count_and_pay_nothing()
    {
        var user = New();
        user.When(new RecordDeeds([.. Enumerable.Range(0, UserState.DaysKept + 3).Select(i => Vote(i, Now.AddDays(i)))]), Now);
        Assert.Equal(UserState.DaysKept, user.State.VotePoints.Count);
        user.When(RecordDeeds.Of(Vote(100)), Now).Then(new DeedRecorded(Id, Vote(100), 0, Now));
        user.When(RecordDeeds.Of(Vote(101, Now.AddDays(UserState.DaysKept))), Now);
        Assert.Equal((UserState.DaysKept + 4, UserState.DaysKept + 5), (user.State.Balance, user.State.Counters.Votes));
    }

    [Fact]
    public void Holdings_count_at_their_highest_and_days_in_a_row()
    {
        var user = New();
        user.When(Deeds(Tokens(5), Tokens(3), Tokens(9), Tokens(9)), Now);
        Assert.Equal(9, user.State.Counters.Tokens);
        user.When(Deeds(Day(0), Day(1), Day(1), Day(2), Day(0), Day(5), Day(6)), Now);
        Assert.Equal((2, 3), (user.State.Counters.Seen.Newest, user.State.Counters.Seen.Longest));
        Assert.Empty(user.State.Counted);

        static Deed Tokens(long amount) => new(DeedKind.TokensHeld, "x", Now, Tokens: amount);
        static Deed Day(int day) => new(DeedKind.DaySeen, "x", Now.AddDays(day));
        static RecordDeeds Deeds(params IReadOnlyList<Deed> deeds) => new(deeds);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(299, 2)]
    [InlineData(300, 3)]
    [InlineData(4_500, 10)]
    [InlineData(Levels.MostPoints, 4_472_136)]
    public void Levels_begin_where_the_formula_says(long points, long level) => Assert.Equal(level, Levels.Of(points));

    [Fact]
    public void A_deployment_pays_what_it_likes()
    {
        var user = new UserDefinition(new PointRules(0, [7], 3, 5, 0));
        var state = user.Evolve(user.Empty(Id), Joined);
        var events = user.Decide(state, new RecordDeeds([Vote(1), Vote(2), Vote(3), new Deed(DeedKind.EntrySubmitted, "e", Now), new Deed(DeedKind.BattleCompleted, "b", Now, 1)]), Now).Events;
        Assert.Equal([3L, 2L, 7L], events.OfType<PointsAwarded>().Select(award => award.Amount));
        Assert.Equal(5, events.OfType<DeedRecorded>().Count());
    }
}
