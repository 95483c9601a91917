using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class ModerateEntrySpec
{
    private static readonly DateTimeOffset Now = Some.Start.AddMinutes(5);

    private static readonly ModerateEntry Approve = new(Some.Moderator, Some.EntryId(1), true, null);

    private static readonly ModerateEntry Reject = new(Some.Moderator, Some.EntryId(1), false, "off topic");

    private static EntryModerated Judged(ModerationStatus status, string? reason, string by = "moderator") =>
        new(Some.BattleId, Some.EntryId(1), Some.User(1), status, reason, by, Now);

    private static Scenario<BattleState, IBattleCommand, IBattleEvent> Entered() => Some.Active().Given(Some.Entered(1));

    [Fact]
    public void A_moderator_approves_a_pending_entry()
    {
        var outcome = Entered().When(Approve, Now).Then(Judged(ModerationStatus.Approved, null));
        Assert.Equal(new EntryModeration(ModerationStatus.Approved), Assert.IsType<EntryView>(outcome.Reply).Moderation);
    }

    [Fact]
    public void A_moderator_rejects_a_pending_entry_and_says_why()
    {
        var outcome = Entered().When(Reject with { Reason = " off topic " }, Now).Then(Judged(ModerationStatus.Rejected, "off topic"));
        Assert.Equal(new EntryModeration(ModerationStatus.Rejected, "off topic"), Assert.IsType<EntryView>(outcome.Reply).Moderation);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_rejection_gives_its_reason(string? reason) =>
        Entered().When(Reject with { Reason = reason }, Now).ThenFaultyFields("reason");

    [Fact]
    public void An_admin_moderates_too() =>
        Entered().When(Approve with { Caller = Some.Admin }, Now).Then(Judged(ModerationStatus.Approved, null, "admin"));

    [Fact]
    public void Neither_a_stranger_nor_the_creator_moderates()
    {
        Entered().When(Approve with { Caller = Some.Stranger }, Now).ThenRejected(RejectionKind.Forbidden, "forbidden");
        Entered().When(Approve with { Caller = Some.Creator }, Now).ThenRejected(RejectionKind.Forbidden, "forbidden");
    }

    [Fact]
    public void An_entry_is_judged_once()
    {
        foreach (var status in new[] { ModerationStatus.Approved, ModerationStatus.Rejected })
        {
            Entered().Given(Judged(status, "first")).When(Approve, Now).ThenRejected(RejectionKind.Conflict, "not_pending");
            Entered().Given(Judged(status, "first")).When(Reject, Now).ThenRejected(RejectionKind.Conflict, "not_pending");
        }
    }

    [Fact]
    public void An_entry_of_another_battle_is_not_found() =>
        Entered().When(Approve with { EntryId = Some.EntryId(9) }, Now).ThenRejected(RejectionKind.NotFound, "not_found");

    [Fact]
    public void An_entry_can_be_rejected_until_the_last_box_is_counted()
    {
        Some.Voting(1).When(Reject, Now).Then(Judged(ModerationStatus.Rejected, "off topic"));
        Some.Counting(1).When(Reject, Now).Then(Judged(ModerationStatus.Rejected, "off topic"));
    }

    [Fact]
    public void A_completed_battle_keeps_its_ranks()
    {
        Some.Completed().When(Reject, Now).ThenRejected(RejectionKind.Conflict, "battle_completed");
        Some.Completed().When(Approve, Now).Then(Judged(ModerationStatus.Approved, null));
    }

    [Fact]
    public void Judging_raises_the_version_and_viewing_does_not()
    {
        var battle = Entered();
        var before = battle.State.Version;
        battle.When(new ViewEntry(Some.EntryId(1)), Now).Then(new EntryViewed(Some.BattleId, Some.EntryId(1), Now)).Replying(Acknowledged.Instance);
        Assert.Equal(before, battle.State.Version);
        battle.When(Approve, Now);
        Assert.Equal(before + 1, battle.State.Version);
    }

    [Fact]
    public void Every_view_counts()
    {
        var battle = Entered();
        battle.When(new ViewEntry(Some.EntryId(1)), Now);
        battle.When(new ViewEntry(Some.EntryId(1)), Now);
        Assert.Equal(2, battle.Asked<EntryView>(new GetEntry(Some.EntryId(1)), Now).Metrics.ViewCount);
        battle.When(new ViewEntry(Some.EntryId(9)), Now).ThenRejected(RejectionKind.NotFound, "not_found");
    }
}
