using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

public sealed class BallotSheetSpec
{
    private static readonly DateTimeOffset Now = Some.End.AddMinutes(1);

    private static readonly string Paper = $"paper:{Some.BattleId:D}";

    private static BallotCount Empty { get; } = new(Some.BattleId, 0, 0, 0, []);

    [Fact]
    public void A_paper_that_came_in_opens_a_sheet()
    {
        var paper = Some.Paper();
        Assert.Equal(new OpenSheet(paper), new BallotBoxDefinition().Hear(Paper, paper));
        Some.Box().When(new OpenSheet(paper), Now).Then(new SheetOpened(Some.BattleId, paper, Now)).Replying(Acknowledged.Instance);
    }

    [Fact]
    public void A_second_paper_changes_nothing() =>
        Some.Sheet().When(new OpenSheet(Some.Paper(new Bounds(1, 9))), Now).ThenNothingHappens().Replying(Acknowledged.Instance);

    [Fact]
    public void Other_answers_open_nothing() => Assert.Null(new BallotBoxDefinition().Hear(Paper, Acknowledged.Instance));

    [Fact]
    public void An_entry_is_struck_once_and_its_votes_stay_counted()
    {
        var box = Some.Sheet().Given(Some.Cast());
        box.When(new StrikeEntry(Some.BattleId, Some.EntryId(1)), Now).Then(new EntryStruck(Some.BattleId, Some.EntryId(1), Now)).Replying(Acknowledged.Instance);
        box.When(new StrikeEntry(Some.BattleId, Some.EntryId(1)), Now).ThenNothingHappens().Replying(Acknowledged.Instance);
        box.When(new RequestCount(Some.BattleId), Now)
            .Replying(new BallotCount(Some.BattleId, 0, 1, 1, [new EntryTally(Some.EntryId(1), 1, 1)]));
    }

    [Fact]
    public void An_entry_that_the_paper_has_struck_is_not_struck_again() =>
        Some.Sheet(Some.Paper(struck: 1)).When(new StrikeEntry(Some.BattleId, Some.EntryId(1)), Now).ThenNothingHappens();

    [Fact]
    public void Striking_an_unknown_entry_or_in_a_closed_sheet_changes_nothing()
    {
        Some.Sheet().When(new StrikeEntry(Some.BattleId, Some.EntryId(9)), Now).ThenNothingHappens();
        Some.Sheet().Given(new SheetClosed(Some.BattleId, Now)).When(new StrikeEntry(Some.BattleId, Some.EntryId(1)), Now).ThenNothingHappens();
    }

    [Fact]
    public void Striking_without_a_sheet_forgets_the_paper_under_way_which_may_not_know_it_yet() =>
        Some.Box().When(new StrikeEntry(Some.BattleId, Some.EntryId(1)), Now).ThenNothingHappens().Forgetting(Paper).Replying(Acknowledged.Instance);

    [Fact]
    public void A_box_closes_with_its_final_count()
    {
        var box = Some.Sheet(Some.Paper(new Bounds(-1, 1))).Given(Some.Cast(), Some.Cast(2, value: -1, newcomer: false), Some.Cast(2, voter: "a", newcomer: false));
        box.When(new CloseBallot(Some.BattleId), Now)
            .Then(new SheetClosed(Some.BattleId, Now))
            .Replying(new BallotCount(Some.BattleId, 0, 3, 1, [new EntryTally(Some.EntryId(1), 1, 1), new EntryTally(Some.EntryId(2), 0, 2)]));
    }

    [Fact]
    public void Closing_again_gives_the_same_count()
    {
        var box = Some.Sheet().Given(Some.Cast());
        var first = box.When(new CloseBallot(Some.BattleId), Now).Reply!;
        box.When(Some.Vote(voter: "w"), Now).ThenRejected(RejectionKind.Conflict, "battle_not_voting");
        box.When(new CloseBallot(Some.BattleId), Now).ThenNothingHappens().Replying(first);
    }

    [Fact]
    public void A_box_without_a_sheet_answers_empty_and_forgets_the_paper_under_way() =>
        Some.Box().When(new CloseBallot(Some.BattleId), Now).ThenNothingHappens().Forgetting(Paper).Replying(Empty);

    [Fact]
    public void A_vote_after_closing_without_a_sheet_asks_the_battle_again_and_so_is_refused()
    {
        var box = Some.Box();
        box.When(new CloseBallot(Some.BattleId), Now);
        var question = box.When(Some.Vote(), Now).ThenAsks(
            new Question(Paper, new EntityAddress("battle", Some.BattleId.ToString("D")), new RequestBallotPaper()));
        Some.Counting().When((RequestBallotPaper)question.Command, Now).ThenRejected(RejectionKind.Conflict, "battle_not_voting");
    }

    [Fact]
    public void A_closed_sheet_is_discarded_once_the_battle_has_its_result()
    {
        var box = Some.Sheet().Given(Some.Cast(), new SheetClosed(Some.BattleId, Now));
        box.When(new DiscardSheet(Some.BattleId), Now).Then(new SheetDiscarded(Some.BattleId, Now)).Replying(Acknowledged.Instance);
        box.When(new DiscardSheet(Some.BattleId), Now).ThenNothingHappens().Replying(Acknowledged.Instance);
        box.When(new RequestCount(Some.BattleId), Now).ThenNothingHappens().Replying(Empty);
        Assert.Equal(0, box.State.VoteCount);
        Wire.Equal([new BallotBoxSnapshot([])], [new BallotBoxDefinition().Freeze(box.State)]);
    }

    [Fact]
    public void A_sheet_with_votes_is_not_discarded_before_it_is_closed() =>
        Some.Sheet().Given(Some.Cast()).When(new DiscardSheet(Some.BattleId), Now).ThenNothingHappens().Replying(Acknowledged.Instance);

    [Fact]
    public void The_sheet_of_a_battle_without_entries_which_no_one_asks_to_close_is_discarded() =>
        Some.Sheet(Some.Paper(entries: 0)).When(new DiscardSheet(Some.BattleId), Now).Then(new SheetDiscarded(Some.BattleId, Now));

    [Fact]
    public void Discarding_without_a_sheet_forgets_the_paper_under_way() =>
        Some.Box().When(new DiscardSheet(Some.BattleId), Now).ThenNothingHappens().Forgetting(Paper);

    [Fact]
    public void A_discarded_sheet_reports_no_more()
    {
        var box = Some.Sheet().Given(Some.Cast(), new SheetClosed(Some.BattleId, Now), new SheetDiscarded(Some.BattleId, Now));
        Assert.Empty(new BallotBoxDefinition().Report(box.State, Now).Signals);
    }

    [Fact]
    public void Votes_are_reported_in_absolute_numbers_to_their_battle_and_only_when_they_changed()
    {
        var definition = new BallotBoxDefinition();
        var box = Some.Sheet().Given(Some.Cast(), Some.Cast(voter: "w"));
        var (to, signal) = Assert.Single(definition.Report(box.State, Now).Signals);
        Assert.Equal(new EntityAddress("battle", Some.BattleId.ToString("D")), to);
        Wire.Equal([new BallotCount(Some.BattleId, 0, 2, 2, [new EntryTally(Some.EntryId(1), 2, 2)])], [signal]);
        Assert.Empty(definition.Report(box.State, Now).Signals);
        box.Given(Some.Cast(voter: "x", at: Now.AddMinutes(1)));
        Assert.Equal(3, Reported(box, Now.AddMinutes(1)));
    }

    [Fact]
    public void Of_a_battle_that_nobody_watches_the_first_vote_after_a_pause_is_told_at_once_and_the_rest_once_a_second()
    {
        var box = Some.Sheet().Given(Some.Cast(at: Now));
        Assert.Equal(1, Reported(box, Now));
        box.Given(Some.Cast(voter: "w", at: Now.AddMilliseconds(10)), Some.Cast(voter: "x", at: Now.AddMilliseconds(20)));
        Assert.Equal((null, true), (Reported(box, Now.AddMilliseconds(30)), Report(box, Now.AddMilliseconds(30)).More));
        Assert.Equal(3, Reported(box, Now.AddSeconds(1)));
        Assert.False(Report(box, Now.AddSeconds(1)).More);
    }

    [Fact]
    public void Of_a_battle_that_people_watch_every_vote_is_told_at_once_until_they_watch_no_more()
    {
        var watch = new WatchBallot(Some.BattleId, Now.AddSeconds(5));
        var box = Some.Sheet().Given(Some.Cast(at: Now)).Heard(watch);
        Assert.Equal(1, Reported(box, Now));
        box.Given(Some.Cast(voter: "w", at: Now.AddMilliseconds(10)));
        Assert.Equal(2, Reported(box, Now.AddMilliseconds(10)));
        Assert.Null(Reported(box, watch.Until));
        box.Given(Some.Cast(voter: "x", at: watch.Until), Some.Cast(voter: "y", at: watch.Until));
        Assert.Equal(4, Reported(box, watch.Until));
        box.Given(Some.Cast(voter: "z", at: watch.Until.AddMilliseconds(10)));
        Assert.Null(Reported(box, watch.Until.AddMilliseconds(10)));
    }

    [Fact]
    public void Who_comes_to_watch_hears_of_what_waits()
    {
        var box = Some.Sheet().Given(Some.Cast(at: Now));
        Assert.Equal(1, Reported(box, Now));
        box.Given(Some.Cast(voter: "w", at: Now.AddMilliseconds(10))).Heard(new WatchBallot(Some.BattleId, Now.AddSeconds(5)));
        Assert.Equal(2, Reported(box, Now.AddMilliseconds(20)));
    }

    [Fact]
    public void A_box_that_stops_keeps_nothing_back()
    {
        var box = Some.Sheet().Given(Some.Cast(at: Now));
        Assert.Equal(1, Reported(box, Now));
        box.Given(Some.Cast(voter: "w", at: Now.AddMilliseconds(10)));
        var last = new BallotBoxDefinition().LastReport(box.State, Now.AddMilliseconds(20));
        Assert.Equal((2, false), (((BallotCount)Assert.Single(last.Signals).Signal).VoteCount, last.More));
    }

    private static Reports Report(Scenario<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent> box, DateTimeOffset at) =>
        new BallotBoxDefinition().Report(box.State, at);

    private static long? Reported(Scenario<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent> box, DateTimeOffset at) =>
        (Report(box, at).Signals.SingleOrDefault().Signal as BallotCount)?.VoteCount;

    [Fact]
    public void A_voter_sees_the_own_votes_in_the_order_they_were_cast()
    {
        var box = Some.Sheet().Given(Some.Cast(2), Some.Cast(1), Some.Cast(1, voter: "w"));
        Wire.Equal(
            [new VotesOfVoter(true, [new VoteReceipt(Some.BattleId, Some.EntryId(2), 1, 1, Now), new VoteReceipt(Some.BattleId, Some.EntryId(1), 1, 1, Now)])],
            [box.Asked<VotesOfVoter>(new GetVotes(Some.BattleId, "v"), Now)]);
        Assert.Empty(box.Asked<VotesOfVoter>(new GetVotes(Some.BattleId, "nobody"), Now).Items);
    }

    [Fact]
    public void A_box_says_when_it_keeps_no_sheet() =>
        Wire.Equal([new VotesOfVoter(false, [])], [Some.Box().Asked<VotesOfVoter>(new GetVotes(Some.BattleId, "v"), Now)]);

    [Fact]
    public void Sheets_of_different_battles_do_not_touch_each_other()
    {
        var other = Guid.Parse("01930000-0000-7000-8000-000000000002");
        var box = Some.Sheet().Given(Some.Cast(), new SheetOpened(other, Some.Paper() with { BattleId = other }, Now));
        box.When(Some.Vote() with { BattleId = other }, Now).Then(Some.Cast() with { BattleId = other });
        box.When(new CloseBallot(other), Now);
        box.When(Some.Vote(voter: "w"), Now).Then(Some.Cast(voter: "w"));
        Assert.Equal(3, box.State.VoteCount);
    }
}
