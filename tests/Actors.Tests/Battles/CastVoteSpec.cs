using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class CastVoteSpec
{
    private static readonly DateTimeOffset Now = Some.End.AddMinutes(1);

    [Fact]
    public void A_vote_counts_and_its_caster_gets_a_receipt() =>
        Some.Sheet().When(Some.Vote(), Now).Then(Some.Cast()).Replying(new VoteReceipt(Some.BattleId, Some.EntryId(1), 1, 1, Now));

    [Fact]
    public void The_first_vote_of_a_battle_asks_the_battle_for_its_paper() =>
        Some.Box().When(Some.Vote(), Now).ThenAsks(
            new Question($"paper:{Some.BattleId:D}", new EntityAddress("battle", Some.BattleId.ToString("D")), new RequestBallotPaper()));

    [Fact]
    public void A_voter_votes_once_for_an_entry()
    {
        var box = Some.Sheet(Some.Paper(new Bounds(1, 5))).Given(Some.Cast());
        box.When(Some.Vote(), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
        box.When(Some.Vote(value: 5), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
        box.When(Some.Vote(commandId: "other"), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
    }

    [Fact]
    public void A_voter_may_vote_for_several_entries()
    {
        var box = Some.Sheet(Some.Paper(entries: 3)).Given(Some.Cast());
        box.When(Some.Vote(2), Now).Then(Some.Cast(2, newcomer: false));
        box.When(Some.Vote(3), Now).Then(Some.Cast(3, newcomer: false));
        box.When(Some.Vote(1), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
        box.When(Some.Vote(2), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
    }

    [Fact]
    public void A_repeat_by_command_id_gets_the_first_receipt()
    {
        var box = Some.Sheet(Some.Paper(entries: 3)).Given(Some.Cast(commandId: "one"), Some.Cast(2, commandId: "two"));
        box.When(Some.Vote(1, commandId: "one"), Now.AddMinutes(1)).ThenNothingHappens()
            .Replying(new VoteReceipt(Some.BattleId, Some.EntryId(1), 1, 1, Now));
        box.When(Some.Vote(2, commandId: "two"), Now.AddMinutes(1)).ThenNothingHappens()
            .Replying(new VoteReceipt(Some.BattleId, Some.EntryId(2), 1, 1, Now));
    }

    [Fact]
    public void A_repeat_gets_the_first_receipt_even_when_voting_is_over_or_the_entry_is_struck()
    {
        var closed = Some.Sheet().Given(Some.Cast(commandId: "one"), new SheetClosed(Some.BattleId, Some.VotingEnd));
        Assert.IsType<VoteReceipt>(closed.When(Some.Vote(commandId: "one"), Some.VotingEnd.AddMinutes(1)).ThenNothingHappens().Reply);
        var struck = Some.Sheet().Given(Some.Cast(commandId: "one"), new EntryStruck(Some.BattleId, Some.EntryId(1), Now));
        Assert.IsType<VoteReceipt>(struck.When(Some.Vote(commandId: "one"), Now).ThenNothingHappens().Reply);
    }

    [Fact]
    public void A_vote_that_is_sent_again_for_want_of_an_answer_counts_once_and_gets_the_receipt()
    {
        var box = Some.Sheet(Some.Paper(new Bounds(1, 5)));
        var again = (CastVote)Some.Vote().Again();
        box.When(again, Now).Then(Some.Cast()).Replying(new VoteReceipt(Some.BattleId, Some.EntryId(1), 1, 1, Now));
        box.When(again, Now.AddMinutes(1)).ThenNothingHappens().Replying(new VoteReceipt(Some.BattleId, Some.EntryId(1), 1, 1, Now));
        box.When(again with { Value = 5 }, Now).ThenRejected(RejectionKind.Conflict, "already_voted");
        box.When(Some.Vote(), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
    }

    [Fact]
    public void The_same_command_id_with_another_vote_is_a_mismatch()
    {
        var box = Some.Sheet(Some.Paper(new Bounds(1, 5))).Given(Some.Cast(commandId: "one"));
        box.When(Some.Vote(2, commandId: "one"), Now).ThenRejected(RejectionKind.Conflict, "idempotency_mismatch");
        box.When(Some.Vote(1, value: 2, commandId: "one"), Now).ThenRejected(RejectionKind.Conflict, "idempotency_mismatch");
    }

    [Fact]
    public void A_mismatch_is_found_behind_later_votes_of_the_same_voter()
    {
        var box = Some.Sheet(Some.Paper(entries: 3)).Given(Some.Cast(1, commandId: "one"), Some.Cast(2, commandId: "two"));
        box.When(Some.Vote(3, commandId: "one"), Now).ThenRejected(RejectionKind.Conflict, "idempotency_mismatch");
    }

    [Fact]
    public void Two_voters_may_use_the_same_command_id() =>
        Some.Sheet().Given(Some.Cast(commandId: "one")).When(Some.Vote(voter: "w", commandId: "one"), Now)
            .Then(Some.Cast(voter: "w", commandId: "one"));

    [Fact]
    public void A_vote_is_taken_until_one_millisecond_before_voting_ends()
    {
        Some.Sheet().When(Some.Vote(), Some.VotingEnd - Some.Tick).Then(Some.Cast(at: Some.VotingEnd - Some.Tick));
        Some.Sheet().When(Some.Vote(), Some.VotingEnd).ThenRejected(RejectionKind.Conflict, "battle_not_voting");
    }

    [Fact]
    public void A_closed_sheet_takes_no_vote_whatever_the_time() =>
        Some.Sheet().Given(new SheetClosed(Some.BattleId, Now)).When(Some.Vote(), Now).ThenRejected(RejectionKind.Conflict, "battle_not_voting");

    [Fact]
    public void An_entry_of_another_battle_is_not_found() =>
        Some.Sheet().When(Some.Vote(9), Now).ThenRejected(RejectionKind.NotFound, "not_found");

    [Fact]
    public void A_struck_entry_takes_no_votes()
    {
        Some.Sheet(Some.Paper(struck: 1)).When(Some.Vote(), Now).ThenRejected(RejectionKind.Conflict, "entry_rejected");
        Some.Sheet().Given(new EntryStruck(Some.BattleId, Some.EntryId(1), Now)).When(Some.Vote(), Now).ThenRejected(RejectionKind.Conflict, "entry_rejected");
        Some.Sheet(Some.Paper(struck: 1)).When(Some.Vote(2), Now).Then(Some.Cast(2));
    }

    [Fact]
    public void Nobody_votes_for_an_own_entry_unless_the_battle_allows_it()
    {
        Some.Sheet().When(Some.Vote(1, voter: "a"), Now).ThenRejected(RejectionKind.Forbidden, "forbidden");
        Some.Sheet().When(Some.Vote(2, voter: "a"), Now).Then(Some.Cast(2, voter: "a", newcomer: false));
        Some.Sheet(Some.Paper(allowSelfVote: true)).When(Some.Vote(1, voter: "a"), Now).Then(Some.Cast(1, voter: "a", newcomer: false));
    }

    [Theory]
    [InlineData(-3, false)]
    [InlineData(-2, true)]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_value_lies_within_the_scale(int value, bool accepted)
    {
        var outcome = Some.Sheet(Some.Paper(new Bounds(-2, 3))).When(Some.Vote(value: value), Now);
        if (accepted)
        {
            outcome.Then(Some.Cast(value: value));
        }
        else
        {
            outcome.ThenFaultyFields("value");
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(-1, 1, 1)]
    [InlineData(0, 10, 1)]
    [InlineData(2, 5, 5)]
    [InlineData(-5, -2, -2)]
    [InlineData(0, 0, 0)]
    public void A_vote_without_a_value_is_the_plain_vote(int min, int max, int value) =>
        Some.Sheet(Some.Paper(new Bounds(min, max))).When(Some.Vote(), Now).Then(Some.Cast(value: value));

    [Fact]
    public void A_repeat_may_leave_the_plain_value_out_or_name_it() =>
        Some.Sheet().Given(Some.Cast(commandId: "one")).When(Some.Vote(value: 1, commandId: "one"), Now).ThenNothingHappens();

    [Fact]
    public void Equal_weighting_ignores_the_weight_that_came_along() =>
        Some.Sheet().When(Some.Vote(weight: 8), Now).Then(Some.Cast(weight: 1));

    [Fact]
    public void Other_weightings_take_the_weight_that_came_along() =>
        Some.Sheet(Some.Paper(weighting: VoteWeighting.HolderTier)).When(Some.Vote(weight: 8), Now).Then(Some.Cast(weight: 8));

    [Theory]
    [InlineData(VoteWeighting.HolderTier)]
    [InlineData(VoteWeighting.Quadratic)]
    public void A_vote_that_must_be_weighed_is_sent_back_with_how_and_as_of_when(VoteWeighting weighting)
    {
        var outcome = Some.Sheet(Some.Paper(weighting: weighting)).When(Some.Vote(), Now).ThenNothingHappens();
        Assert.True(WeightDemand.TryRead(outcome.Reply!, out var demand));
        Assert.Equal(new WeightDemand(weighting, Some.End), demand);
        Assert.False(WeightDemand.TryRead(Rejection.Conflict("already_voted", "No."), out _));
    }

    [Fact]
    public void A_vote_that_is_refused_or_known_anyway_is_not_weighed_first()
    {
        var box = Some.Sheet(Some.Paper(weighting: VoteWeighting.Quadratic)).Given(Some.Cast(weight: 5, commandId: "one"));
        box.When(Some.Vote(), Now).ThenRejected(RejectionKind.Conflict, "already_voted");
        box.When(Some.Vote(1, voter: "a"), Now).ThenRejected(RejectionKind.Forbidden, "forbidden");
        box.When(Some.Vote(voter: "w"), Some.VotingEnd).ThenRejected(RejectionKind.Conflict, "battle_not_voting");
        Assert.Equal(5, Assert.IsType<VoteReceipt>(box.When(Some.Vote(commandId: "one"), Now).Reply).Weight);
    }

    [Theory]
    [InlineData(VoteWeighting.Equal, false)]
    [InlineData(VoteWeighting.Quadratic, true)]
    public void The_paper_of_a_battle_that_weighs_says_when_voting_began_also_after_a_snapshot(VoteWeighting weighting, bool says)
    {
        var definition = new BattleDefinition(Some.Boxes);
        var state = Some.Voting(rules: Some.Rules with { Weighting = weighting }).State;
        var thawed = definition.Thaw(Some.BattleId.ToString(), Wire.RoundTrip(BattleSnapshot.Of(state)));
        foreach (var voting in new[] { state, thawed })
        {
            var paper = Assert.IsType<BallotPaper>(definition.Decide(voting, new RequestBallotPaper(), Now).Reply);
            Assert.Equal(says ? Some.End : null, paper.Opened);
        }
    }
}
