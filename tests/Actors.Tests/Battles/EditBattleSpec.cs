using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class EditBattleSpec
{
    private static readonly DateTimeOffset Now = Some.Created.AddMinutes(1);

    private static EditBattle Edit(Caller? caller = null, long? version = null, string? title = null) =>
        new(caller ?? Some.Creator, version, title, null, null, null, null, null);

    private static BattleUpdated Unchanged { get; } = new(
        Some.BattleId, Some.Create.Title, Some.Create.Description, Some.Start, Some.End, Some.VotingEnd, Some.Rules, Some.Creator.UserId, Now);

    [Fact]
    public void Fields_that_are_not_given_stay_as_they_are() =>
        Some.Upcoming().When(Edit(title: " Renamed "), Now).Then(Unchanged with { Title = "Renamed" });

    [Fact]
    public void Every_editable_field_can_change()
    {
        var rules = Some.Rules with { MaxEntries = 5, VoteScale = new Bounds(-1, 1) };
        var hour = TimeSpan.FromHours(1);
        Some.Upcoming()
            .When(new EditBattle(Some.Creator, 1, "Renamed", "Other words", Some.Start + hour, Some.End + hour, Some.VotingEnd + hour, rules), Now)
            .Then(new BattleUpdated(
                Some.BattleId, "Renamed", "Other words", Some.Start + hour, Some.End + hour, Some.VotingEnd + hour, rules, "creator", Now));
    }

    [Fact]
    public void Edited_instants_are_kept_in_whole_milliseconds()
    {
        var finer = TimeSpan.FromTicks(9_999);
        var battle = Some.Upcoming();
        battle.When(new EditBattle(Some.Creator, null, null, null, Some.Start + finer, Some.End + finer, Some.VotingEnd + finer, null), Now).Then(Unchanged);
        Assert.Equal((Some.Start, Some.End, Some.VotingEnd), (battle.State.StartTime, battle.State.EndTime, battle.State.VotingEndTime));
    }

    [Fact]
    public void The_version_rises_with_an_edit()
    {
        var battle = Some.Upcoming();
        Assert.Equal(2, Assert.IsType<BattleView>(battle.When(Edit(version: 1, title: "Renamed"), Now).Reply).Version);
        Assert.Equal(3, Assert.IsType<BattleView>(battle.When(Edit(version: 2, title: "Again"), Now).Reply).Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_edit_of_another_version_is_refused(long version) =>
        Some.Upcoming().When(Edit(version: version), Now).ThenRejected(RejectionKind.Stale, "stale_version");

    [Fact]
    public void An_edit_is_judged_after_the_moves_that_are_due() =>
        Some.Upcoming().When(Edit(title: "Too late"), Some.Start)
            .ThenRejected(RejectionKind.Conflict, "battle_not_upcoming", new BattleActivated(Some.BattleId, null, Some.Start));

    [Fact]
    public void The_version_of_an_edit_is_compared_after_the_moves_that_are_due() =>
        Some.Upcoming().When(Edit(version: 1, title: "Too late"), Some.Start)
            .ThenRejected(RejectionKind.Stale, "stale_version", new BattleActivated(Some.BattleId, null, Some.Start));

    [Fact]
    public void An_edit_is_possible_until_one_millisecond_before_the_start() =>
        Some.Upcoming().When(Edit(title: "Renamed"), Some.Start - Some.Tick).Then(Unchanged with { Title = "Renamed", At = Some.Start - Some.Tick });

    [Fact]
    public void An_edit_that_puts_the_start_into_the_past_starts_the_battle_at_once()
    {
        var edit = new EditBattle(Some.Creator, null, null, null, Now, null, null, null);
        var outcome = Some.Upcoming().When(edit, Now).Then(Unchanged with { StartTime = Now }, new BattleActivated(Some.BattleId, null, Now));
        Assert.Equal(BattleStatus.Active, Assert.IsType<BattleView>(outcome.Reply).Status);
    }

    [Fact]
    public void A_stranger_may_not_edit() =>
        Some.Upcoming().When(Edit(Some.Stranger), Now).ThenRejected(RejectionKind.Forbidden, "forbidden");

    [Fact]
    public void Moderators_and_admins_may_edit()
    {
        Some.Upcoming().When(Edit(Some.Moderator), Now).Then(Unchanged with { By = "moderator" });
        Some.Upcoming().When(Edit(Some.Admin), Now).Then(Unchanged with { By = "admin" });
    }

    [Fact]
    public void Only_an_upcoming_battle_can_be_edited()
    {
        foreach (var battle in new[] { Some.Active(), Some.Voting(), Some.Counting(), Some.Completed(), Some.Cancelled() })
        {
            battle.When(Edit(), Now).ThenRejected(RejectionKind.Conflict, "battle_not_upcoming");
        }
    }

    [Fact]
    public void An_edit_obeys_the_rules_of_creation()
    {
        Some.Upcoming().When(Edit(title: "x"), Now).ThenFaultyFields("title");
        Some.Upcoming().When(new EditBattle(Some.Creator, null, null, "", null, null, null, null), Now).ThenFaultyFields("description");
        Some.Upcoming().When(new EditBattle(Some.Creator, null, null, null, Some.End, null, null, null), Now).ThenFaultyFields("endTime");
        Some.Upcoming().When(new EditBattle(Some.Creator, null, null, null, null, Some.VotingEnd, null, null), Now).ThenFaultyFields("votingEndTime");
        Some.Upcoming().When(new EditBattle(Some.Creator, null, null, null, null, null, null, Some.Rules with { MaxEntries = 0 }), Now)
            .ThenFaultyFields("rules.maxEntries");
    }
}
