using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class MoveBattleSpec
{
    private static readonly DateTimeOffset Now = Some.Created.AddMinutes(1);

    private static readonly Func<Scenario<BattleState, IBattleCommand, IBattleEvent>>[] Everywhere =
        [() => Some.Upcoming(), () => Some.Active(), () => Some.Voting(), Some.Completed, Some.Cancelled];

    private static MoveBattle To(BattleStatus status, Caller? caller = null) => new(caller ?? Some.Creator, status);

    [Fact]
    public void An_upcoming_battle_can_be_activated_before_its_start() =>
        Some.Upcoming().When(To(BattleStatus.Active), Now).Then(new BattleActivated(Some.BattleId, "creator", Now));

    [Fact]
    public void An_active_battle_can_go_to_voting_before_its_end() =>
        Some.Active().When(To(BattleStatus.Voting), Now).Then(new BattleVotingStarted(Some.BattleId, "creator", Now));

    [Fact]
    public void Voting_can_be_closed_by_hand_and_the_boxes_are_counted() =>
        Some.Voting().When(To(BattleStatus.Completed), Now).Then(new BattleVotingClosed(Some.BattleId, "creator", Now));

    [Fact]
    public void Closing_a_battle_without_entries_completes_it_at_once() =>
        Some.Voting(entries: 0).When(To(BattleStatus.Completed), Now).Then(
            new BattleVotingClosed(Some.BattleId, "creator", Now),
            new BattleCompleted(Some.BattleId, new BattleResults(Some.BattleId, Now, []), Now));

    [Fact]
    public void Closing_twice_changes_nothing()
    {
        var battle = Some.Counting();
        var outcome = battle.When(To(BattleStatus.Completed), Now).ThenNothingHappens();
        Assert.Equal(BattleStatus.Voting, Assert.IsType<BattleView>(outcome.Reply).Status);
    }

    [Fact]
    public void A_battle_is_cancelled_while_upcoming_or_active_only()
    {
        Some.Upcoming().When(To(BattleStatus.Cancelled), Now).Then(new BattleCancelled(Some.BattleId, "creator", Now));
        Some.Active().When(To(BattleStatus.Cancelled), Now).Then(new BattleCancelled(Some.BattleId, "creator", Now));
        Some.Voting().When(To(BattleStatus.Cancelled), Now).ThenRejected(RejectionKind.Conflict, "invalid_transition");
        Some.Counting().When(To(BattleStatus.Cancelled), Now).ThenRejected(RejectionKind.Conflict, "invalid_transition");
    }

    [Fact]
    public void Every_other_move_is_refused()
    {
        (BattleStatus From, BattleStatus To)[] arrows =
        [
            (BattleStatus.Upcoming, BattleStatus.Active), (BattleStatus.Active, BattleStatus.Voting), (BattleStatus.Voting, BattleStatus.Completed),
            (BattleStatus.Upcoming, BattleStatus.Cancelled), (BattleStatus.Active, BattleStatus.Cancelled),
        ];
        foreach (var from in Everywhere)
        {
            foreach (var to in Enum.GetValues<BattleStatus>().Where(to => !arrows.Contains((from().State.Status, to))))
            {
                from().When(To(to), Now).ThenRejected(RejectionKind.Conflict, "invalid_transition");
            }
        }
    }

    [Fact]
    public void A_stranger_may_not_move_a_battle() =>
        Some.Upcoming().When(To(BattleStatus.Active, Some.Stranger), Now).ThenRejected(RejectionKind.Forbidden, "forbidden");

    [Fact]
    public void Moderators_and_admins_may_move_any_battle()
    {
        Some.Upcoming().When(To(BattleStatus.Active, Some.Moderator), Now).Then(new BattleActivated(Some.BattleId, "moderator", Now));
        Some.Upcoming().When(To(BattleStatus.Cancelled, Some.Admin), Now).Then(new BattleCancelled(Some.BattleId, "admin", Now));
    }

    [Fact]
    public void A_move_is_judged_after_the_moves_that_are_due() =>
        Some.Upcoming().When(To(BattleStatus.Active), Some.Start)
            .ThenRejected(RejectionKind.Conflict, "invalid_transition", new BattleActivated(Some.BattleId, null, Some.Start));

    [Fact]
    public void A_cancellation_that_comes_with_the_end_is_too_late() =>
        Some.Active().When(To(BattleStatus.Cancelled), Some.End)
            .ThenRejected(RejectionKind.Conflict, "invalid_transition", new BattleVotingStarted(Some.BattleId, null, Some.End));

    [Fact]
    public void A_battle_that_was_activated_by_hand_keeps_its_later_instants()
    {
        var battle = Some.Upcoming();
        battle.When(To(BattleStatus.Active), Now);
        battle.When(new AdvanceBattle(), Some.Start).ThenNothingHappens();
        battle.When(new AdvanceBattle(), Some.End).Then(new BattleVotingStarted(Some.BattleId, null, Some.End));
    }
}
