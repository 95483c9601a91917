using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class CountingSpec
{
    private static readonly DateTimeOffset Now = Some.VotingEnd.AddSeconds(1);

    private static BallotCount Count(int box, long votes, long newcomers, params EntryTally[] entries) => new(Some.BattleId, box, votes, newcomers, entries);

    private static BallotCount Empty(int box) => Count(box, 0, 0);

    private static EntryTally Tally(int entry, long total, long voters) => new(Some.EntryId(entry), total, voters);

    private static BallotCounted Counted(BallotCount count) => new(Some.BattleId, count, Now);

    [Fact]
    public void A_paper_names_the_entries_in_the_order_they_came_and_those_that_are_struck()
    {
        var battle = Some.Voting(3, Some.Rules with { VoteScale = new Bounds(-2, 2), AllowSelfVote = true })
            .Given(new EntryModerated(Some.BattleId, Some.EntryId(2), "user-2", ModerationStatus.Rejected, "spam", "moderator", Now));
        battle.When(new RequestBallotPaper(), Some.End)
            .ThenNothingHappens()
            .Replying(Some.Paper(new Bounds(-2, 2), allowSelfVote: true, entries: 3, struck: 2));
    }

    [Fact]
    public void A_paper_is_handed_out_while_votes_are_taken_only()
    {
        foreach (var battle in new[] { Some.Upcoming(), Some.Active(), Some.Counting(), Some.Completed(), Some.Cancelled() })
        {
            battle.When(new RequestBallotPaper(), Some.Created).ThenRejected(RejectionKind.Conflict, "battle_not_voting");
        }
    }

    [Fact]
    public void Boxes_are_counted_one_by_one_and_the_last_one_completes_the_battle()
    {
        var battle = Some.Counting();
        var first = Count(0, 2, 2, Tally(1, 1, 1), Tally(2, 1, 1));
        var last = Count(2, 3, 3, Tally(2, 3, 3));
        battle.When(new CountBallot(first), Now).Then(Counted(first)).Replying(Acknowledged.Instance);
        battle.When(new CountBallot(Empty(1)), Now).Then(Counted(Empty(1)));
        battle.When(new CountBallot(last), Now).Then(
            Counted(last),
            new BattleCompleted(
                Some.BattleId,
                new BattleResults(Some.BattleId, Now, [new RankedEntry(1, Some.EntryId(2), "b", 4, 4), new RankedEntry(2, Some.EntryId(1), "a", 1, 1)]),
                Now));
        Assert.Equal(BattleStatus.Completed, battle.State.Status);
    }

    [Fact]
    public void A_box_is_counted_once()
    {
        var battle = Some.Counting();
        battle.When(new CountBallot(Empty(0)), Now);
        battle.When(new CountBallot(Count(0, 9, 9, Tally(1, 9, 9))), Now).ThenNothingHappens().Replying(Acknowledged.Instance);
    }

    [Fact]
    public void A_count_that_comes_before_closing_or_after_completion_changes_nothing()
    {
        Some.Voting().When(new CountBallot(Empty(0)), Some.End).ThenNothingHappens();
        Some.Completed().When(new CountBallot(Count(0, 9, 9, Tally(1, 9, 9))), Now).ThenNothingHappens();
        Some.Cancelled().When(new CountBallot(Empty(0)), Now).ThenNothingHappens();
    }

    [Fact]
    public void An_entry_rejected_while_counting_has_no_rank()
    {
        var battle = Some.Counting().Given(new EntryModerated(Some.BattleId, Some.EntryId(2), "user-2", ModerationStatus.Rejected, "spam", "moderator", Now));
        for (var box = 0; box < Some.Boxes; box++)
        {
            battle.When(new CountBallot(Count(box, 1, 1, Tally(2, 1, 1))), Now);
        }

        var results = battle.Asked<BattleResults>(new GetResults(), Now);
        Assert.Equal([new RankedEntry(1, Some.EntryId(1), "a", 0, 0)], results.Entries);
        Assert.Null(battle.Asked<EntryView>(new GetEntry(Some.EntryId(2)), Now).Rank);
        Assert.Equal(1, battle.Asked<EntryView>(new GetEntry(Some.EntryId(1)), Now).Rank);
    }

    [Fact]
    public void There_are_no_results_before_completion()
    {
        Assert.Equal("not_found", Some.Counting().Asked<Rejection>(new GetResults(), Now).Code);
        Assert.Equal("not_found", Some.Battle().Asked<Rejection>(new GetResults(), Now).Code);
    }

    [Fact]
    public void While_voting_is_on_boxes_that_were_not_heard_are_asked_for_their_counts()
    {
        var battle = Some.Voting().Heard(Empty(1));
        Assert.Equal(
            [
                new Question("count:0", new EntityAddress("ballot-box", "0"), new RequestCount(Some.BattleId)),
                new Question("count:2", new EntityAddress("ballot-box", "2"), new RequestCount(Some.BattleId)),
            ],
            new BattleDefinition(Some.Boxes).Outbox(battle.State));
    }

    [Fact]
    public void When_voting_is_over_every_box_is_asked_to_close_until_it_is_counted()
    {
        var battle = Some.Counting().Heard(Empty(0), Empty(1), Empty(2)).Given(Counted(Empty(1)));
        Assert.Equal(
            [
                new Question("close:0", new EntityAddress("ballot-box", "0"), new CloseBallot(Some.BattleId)),
                new Question("close:2", new EntityAddress("ballot-box", "2"), new CloseBallot(Some.BattleId)),
            ],
            new BattleDefinition(Some.Boxes).Outbox(battle.State));
    }

    [Fact]
    public void A_battle_that_is_not_voting_owes_nothing()
    {
        foreach (var battle in new[] { Some.Upcoming(), Some.Active(), Some.Completed(), Some.Cancelled() })
        {
            Assert.Empty(new BattleDefinition(Some.Boxes).Outbox(battle.State));
        }
    }

    [Fact]
    public void Only_the_answer_to_closing_is_a_final_count()
    {
        var definition = new BattleDefinition(Some.Boxes);
        Assert.Equal(new CountBallot(Empty(1)), definition.Hear("close:1", Empty(1)) as CountBallot, (a, b) => Wire.Json(a!) == Wire.Json(b!));
        Assert.Null(definition.Hear("count:1", Empty(1)));
        Assert.Null(definition.Hear("close:1", Acknowledged.Instance));
    }
}
