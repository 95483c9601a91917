using System.Text.Json;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class LiveTallySpec
{
    private static readonly DateTimeOffset Now = Some.End.AddMinutes(5);

    private static readonly ChannelFollowed Followed = new(Now.AddSeconds(10));

    private static readonly BattleDefinition Definition = new(Some.Boxes);

    private static BallotCount Count(int box, long votes, long newcomers = 0) =>
        new(Some.BattleId, box, votes, newcomers, [new EntryTally(Some.EntryId(1), votes, votes)]);

    [Fact]
    public void The_tally_is_the_sum_of_what_the_boxes_last_reported()
    {
        var battle = Some.Voting().Heard(Count(0, 2), Count(1, 5), Count(0, 3));
        Wire.Equal(
            [new Tally(Some.BattleId, 8, [new EntryTally(Some.EntryId(1), 8, 8), new EntryTally(Some.EntryId(2), 0, 0)])],
            [battle.Asked<Tally>(new GetTally(), Now)]);
    }

    [Fact]
    public void An_older_report_does_not_undo_a_newer_one()
    {
        var battle = Some.Voting().Heard(Count(0, 3), Count(0, 2));
        Assert.Equal(3, battle.Asked<Tally>(new GetTally(), Now).VoteCount);
    }

    [Fact]
    public void A_final_count_stands_above_reports()
    {
        var battle = Some.Counting().Heard(Count(0, 2)).Given(new BallotCounted(Some.BattleId, Count(0, 4), Now));
        Assert.Equal(4, battle.Asked<Tally>(new GetTally(), Now).VoteCount);
    }

    [Fact]
    public void Participants_are_those_who_entered_and_those_who_voted_without_entering()
    {
        var view = Some.Voting(2).Heard(Count(0, 3, newcomers: 2), Count(1, 1, newcomers: 1)).Asked<BattleView>(new GetBattle(), Now);
        Assert.Equal((2, 4L, 5L), (view.EntryCount, view.VoteCount, view.ParticipantCount));
    }

    [Fact]
    public void An_entry_shows_its_number_of_voters() =>
        Assert.Equal(4, Some.Voting().Heard(Count(0, 3), Count(2, 1)).Asked<EntryView>(new GetEntry(Some.EntryId(1)), Now).Metrics.VoteCount);

    [Fact]
    public void A_changed_tally_is_announced_once_and_folds_while_people_follow()
    {
        var battle = Some.Voting().Heard(Followed, Count(0, 3));
        var announcement = Assert.Single(Definition.Report(battle.State, Now).Announcements);
        Assert.Equal(($"battle:{Some.BattleId:D}", "battle.vote", "tally", Now), (announcement.Channel, announcement.Type, announcement.FoldKey, announcement.Timestamp));
        Assert.Equal(3, JsonDocument.Parse(announcement.Data).RootElement.GetProperty("voteCount").GetInt64());
        Assert.Empty(Definition.Report(battle.State, Now).Announcements);
    }

    [Fact]
    public void Nobody_is_told_what_nobody_follows_and_who_comes_is_told_at_once()
    {
        var battle = Some.Voting().Heard(Count(0, 3));
        Assert.Equal(Reports.None, Definition.Report(battle.State, Now));
        battle.Heard(Followed);
        Assert.Single(Definition.Report(battle.State, Now).Announcements);
        battle.Heard(Count(0, 4));
        Assert.Empty(Definition.Report(battle.State, Followed.Until).Announcements);
    }

    [Fact]
    public void The_boxes_hear_once_of_each_word_that_people_follow()
    {
        var battle = Some.Voting().Heard(Followed);
        var told = Definition.Report(battle.State, Now).Signals;
        Assert.Equal(Enumerable.Range(0, Some.Boxes).Select(box => BallotBoxes.AddressOf(box)), told.Select(signal => signal.To));
        Assert.All(told, signal => Assert.Equal(new WatchBallot(Some.BattleId, Followed.Until), signal.Signal));
        Assert.Empty(Definition.Report(battle.Heard(Followed).State, Now).Signals);
        Assert.NotEmpty(Definition.Report(battle.Heard(new ChannelFollowed(Followed.Until.AddSeconds(2))).State, Now).Signals);
    }

    [Fact]
    public void Before_voting_the_boxes_are_not_bothered() => Assert.Equal(Reports.None, Definition.Report(Some.Active().Heard(Followed).State, Now));

    [Fact]
    public void An_empty_box_is_no_news() => Assert.Empty(Definition.Report(Some.Voting().Heard(Followed, Count(0, 0)).State, Now).Announcements);

    [Fact]
    public void No_tally_is_announced_by_a_report_once_the_battle_is_complete() =>
        Assert.Empty(Definition.Report(Some.Completed().Heard(Followed, Count(0, 3)).State, Now).Announcements);

    [Fact]
    public void Every_step_of_a_battle_is_told_on_both_channels_and_its_entries_on_its_own()
    {
        var own = $"battle:{Some.BattleId:D}";
        Assert.Equal([("battles", "battle.created"), (own, "battle.created")], Told(Some.Upcoming(), Some.CreatedWith()));
        Assert.Equal([("battles", "battle.activated"), (own, "battle.activated")], Told(Some.Active(), new BattleActivated(Some.BattleId, null, Now)));
        Assert.Equal([("battles", "battle.voting_started"), (own, "battle.voting_started")], Told(Some.Voting(), new BattleVotingStarted(Some.BattleId, null, Now)));
        Assert.Equal([("battles", "battle.cancelled"), (own, "battle.cancelled")], Told(Some.Cancelled(), new BattleCancelled(Some.BattleId, "a", Now)));
        Assert.Equal([(own, "battle.new_entry")], Told(Some.Voting(), Some.Entered(1)));
        Assert.Equal([(own, "battle.entry_moderated")], Told(Some.Voting(), new EntryModerated(Some.BattleId, Some.EntryId(1), "user-1", ModerationStatus.Approved, null, "m", Now)));
        Assert.Empty(Told(Some.Voting(), new EntryViewed(Some.BattleId, Some.EntryId(1), Now)));
        Assert.Empty(Told(Some.Counting(), new BattleVotingClosed(Some.BattleId, null, Now)));
        Assert.Equal(
            [(own, "battle.vote"), ("battles", "battle.completed"), (own, "battle.completed"), (own, "battle.results")],
            Told(Some.Completed(), new BattleCompleted(Some.BattleId, new BattleResults(Some.BattleId, Now, []), Now)));
    }

    private static IEnumerable<(string Channel, string Type)> Told(Scenario<BattleState, IBattleCommand, IBattleEvent> battle, IBattleEvent @event) =>
        Definition.Announce(battle.State, @event).Select((Announcement told) => (told.Channel, told.Type));
}
