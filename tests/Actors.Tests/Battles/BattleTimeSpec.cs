using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class BattleTimeSpec
{
    private static BattleActivated Activated(DateTimeOffset at) => new(Some.BattleId, null, at);

    private static BattleVotingStarted VotingStarted(DateTimeOffset at) => new(Some.BattleId, null, at);

    private static BattleVotingClosed VotingClosed(DateTimeOffset at) => new(Some.BattleId, null, at);

    private static BattleCompleted CompletedEmpty(DateTimeOffset at) => new(Some.BattleId, new BattleResults(Some.BattleId, at, []), at);

    [Fact]
    public void Nothing_is_due_one_millisecond_before_an_instant()
    {
        Some.Upcoming().When(new AdvanceBattle(), Some.Start - Some.Tick).ThenNothingHappens().Replying(Acknowledged.Instance);
        Some.Active().When(new AdvanceBattle(), Some.End - Some.Tick).ThenNothingHappens();
        Some.Voting().When(new AdvanceBattle(), Some.VotingEnd - Some.Tick).ThenNothingHappens();
    }

    [Fact]
    public void A_move_happens_exactly_at_its_instant()
    {
        Some.Upcoming().When(new AdvanceBattle(), Some.Start).Then(Activated(Some.Start)).Replying(Acknowledged.Instance);
        Some.Active().When(new AdvanceBattle(), Some.End).Then(VotingStarted(Some.End));
        Some.Voting().When(new AdvanceBattle(), Some.VotingEnd).Then(VotingClosed(Some.VotingEnd));
    }

    [Fact]
    public void Moves_that_were_missed_happen_in_order()
    {
        Some.Upcoming().When(new AdvanceBattle(), Some.End).Then(Activated(Some.End), VotingStarted(Some.End));
        var late = Some.VotingEnd.AddDays(3);
        Some.Upcoming().When(new AdvanceBattle(), late).Then(Activated(late), VotingStarted(late), VotingClosed(late), CompletedEmpty(late));
    }

    [Fact]
    public void A_battle_without_entries_completes_with_an_empty_result()
    {
        var battle = Some.Voting(entries: 0);
        battle.When(new AdvanceBattle(), Some.VotingEnd).Then(VotingClosed(Some.VotingEnd), CompletedEmpty(Some.VotingEnd));
        Assert.Equal(BattleStatus.Completed, battle.State.Status);
        Assert.Empty(battle.Asked<BattleResults>(new GetResults(), Some.VotingEnd).Entries);
    }

    [Fact]
    public void A_battle_with_entries_waits_for_its_boxes_and_moves_no_further_by_time()
    {
        var battle = Some.Voting();
        battle.When(new AdvanceBattle(), Some.VotingEnd).Then(VotingClosed(Some.VotingEnd));
        battle.When(new AdvanceBattle(), Some.VotingEnd.AddDays(1)).ThenNothingHappens();
        Assert.Equal(BattleStatus.Voting, battle.State.Status);
    }

    [Fact]
    public void Time_does_not_move_a_final_battle()
    {
        Some.Completed().When(new AdvanceBattle(), Some.VotingEnd.AddYears(1)).ThenNothingHappens();
        Some.Cancelled().When(new AdvanceBattle(), Some.VotingEnd.AddYears(1)).ThenNothingHappens();
    }

    [Fact]
    public void An_entry_at_the_start_is_taken_although_no_timer_fired() =>
        Some.Upcoming().When(Some.Submit(), Some.Start)
            .Then(Activated(Some.Start), new EntrySubmitted(Some.BattleId, Some.EntryId(1), "a", Some.Text("some words"), Some.Start));

    [Fact]
    public void An_entry_at_the_end_is_too_late_although_no_timer_fired() =>
        Some.Active().When(Some.Submit(), Some.End).ThenRejected(RejectionKind.Conflict, "battle_not_accepting_entries", VotingStarted(Some.End));

    [Fact]
    public void A_ballot_paper_is_handed_out_at_the_end_although_no_timer_fired()
    {
        var outcome = Some.Active().Given(Some.Entered(1)).When(new RequestBallotPaper(), Some.End).Then(VotingStarted(Some.End));
        Assert.IsType<BallotPaper>(outcome.Reply);
    }

    [Fact]
    public void No_ballot_paper_is_handed_out_at_the_end_of_voting_although_no_timer_fired() =>
        Some.Voting().When(new RequestBallotPaper(), Some.VotingEnd).ThenRejected(RejectionKind.Conflict, "battle_not_voting", VotingClosed(Some.VotingEnd));

    [Fact]
    public void A_reader_sees_the_moves_that_are_due()
    {
        Assert.Equal(BattleStatus.Active, Some.Upcoming().Asked<BattleView>(new GetBattle(), Some.Start).Status);
        Assert.Equal(BattleStatus.Voting, Some.Upcoming().Asked<BattleView>(new GetBattle(), Some.End).Status);
        Assert.Equal(BattleStatus.Completed, Some.Upcoming().Asked<BattleView>(new GetBattle(), Some.VotingEnd).Status);
    }

    [Fact]
    public void Reading_moves_nothing()
    {
        var battle = Some.Upcoming();
        battle.Asked<BattleView>(new GetBattle(), Some.VotingEnd);
        Assert.Equal(BattleStatus.Upcoming, battle.State.Status);
    }
}
