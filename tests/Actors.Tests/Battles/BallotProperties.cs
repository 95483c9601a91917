using CsCheck;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

/// <summary>What holds for votes and results, in whatever order and over however many boxes the votes come in.</summary>
public sealed class BallotProperties
{
    private const int Entries = 4;

    private static readonly DateTimeOffset Now = Some.End.AddMinutes(1);

    private static readonly BallotPaper Paper = Some.Paper(new Bounds(-2, 2), allowSelfVote: true, entries: Entries, struck: 3);

    private static readonly BallotBoxDefinition Definition = new();

    /// <summary>Votes of a few people, entrants among them: repeats, second votes, unknown entries and values off the scale turn up.</summary>
    private static readonly Gen<CastVote[]> Votes =
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, Entries + 1], Gen.Int[-3, 3], Gen.Int[0, 4])
            .Select((voter, entry, value, key) => Some.Vote(entry, Some.User(voter), value, commandId: key == 0 ? null : $"key-{key}"))
            .Array[0, 60];

    private static readonly Gen<int> Boxes = Gen.Int[1, 8];

    [Fact]
    public void The_tally_is_the_sum_of_the_accepted_votes() => Gen.Select(Votes, Boxes).Sample((votes, boxes) =>
    {
        var (accepted, counts) = Poll(votes, boxes);
        var sums = Ranking.Sum(counts);
        Assert.Equal(accepted.Count, counts.Sum(count => count.VoteCount));
        foreach (var ofEntry in accepted.GroupBy(vote => vote.EntryId))
        {
            Assert.Equal(new EntryTally(ofEntry.Key, ofEntry.Sum(vote => vote.Value * vote.Weight), ofEntry.Count()), sums[ofEntry.Key]);
        }

        Assert.Equal(accepted.Select(vote => vote.EntryId).Distinct().Count(), sums.Count);
    });

    [Fact]
    public void No_voter_counts_twice_for_an_entry() => Gen.Select(Votes, Boxes).Sample((votes, boxes) =>
    {
        var (accepted, _) = Poll(votes, boxes);
        Assert.Equal(accepted.Count, accepted.DistinctBy(vote => (vote.VoterId, vote.EntryId)).Count());
    });

    [Fact]
    public void Every_participant_counts_once() => Gen.Select(Votes, Boxes).Sample((votes, boxes) =>
    {
        var (accepted, counts) = Poll(votes, boxes);
        var participants = accepted.Select(vote => vote.VoterId).Union(Paper.Entries.Select(line => line.UserId)).Count();
        Assert.Equal(participants, Entries + counts.Sum(count => count.Newcomers));
    });

    [Fact]
    public void Results_do_not_depend_on_the_order_of_arrival_nor_on_the_split_over_boxes() =>
        Votes.SelectMany(votes => Gen.Select(Gen.Shuffle(Poll(votes, 1).Accepted.ToArray()), Boxes), (votes, other) => (votes, other))
            .Sample((votes, other) =>
            {
                var (shuffled, boxes) = other;
                var again = shuffled.Select(vote => new CastVote(vote.BattleId, vote.EntryId, vote.VoterId, vote.Value, vote.Weight, null)).ToArray();
                Assert.Equal(Results(Poll(votes, 1).Counts), Results(Poll(again, boxes).Counts));
            });

    [Fact]
    public void A_battle_ranks_what_its_boxes_counted_whatever_order_they_answer_in() =>
        Votes.SelectMany(votes => Gen.Shuffle(Poll(votes, Some.Boxes).Counts.ToArray()), (votes, counts) => (votes, counts)).Sample((votes, counts) =>
        {
            var battle = Some.Counting(Entries);
            foreach (var count in counts)
            {
                battle.When(new CountBallot(count), Some.VotingEnd);
            }

            Assert.Equal(
                Ranking.Rank(battle.State.Entries.Values, Ranking.Sum(Poll(votes, 1).Counts)),
                battle.Asked<BattleResults>(new GetResults(), Some.VotingEnd).Entries);
        });

    [Fact]
    public void Repeating_every_vote_changes_nothing() => Votes.Sample(votes =>
    {
        var box = Some.Sheet(Paper);
        Send(box, votes);
        var once = Frozen(box.State);
        Send(box, votes);
        Assert.Equal(once, Frozen(box.State));
    });

    [Fact]
    public void Replaying_any_prefix_of_the_journal_equals_the_state_of_that_moment() => Commands.Sample(commands =>
    {
        var box = Some.Box();
        var journal = new List<IBallotBoxEvent>();
        foreach (var command in commands)
        {
            journal.AddRange(box.When(command, Now).Decision.Events.Select(Wire.RoundTrip));
            Assert.Equal(Frozen(box.State), Frozen(Some.Box().Given(journal).State));
        }
    });

    [Fact]
    public void A_thawed_snapshot_equals_the_state_and_judges_alike() => Gen.Select(Commands, Votes).Sample((commands, votes) =>
    {
        var live = Some.Box();
        foreach (var command in commands)
        {
            live.When(command, Now);
        }

        var thawed = Definition.Thaw("0", Wire.RoundTrip(Definition.Freeze(live.State)));
        Assert.Equal(Frozen(live.State), Frozen(thawed));
        foreach (var vote in votes)
        {
            var (here, there) = (Definition.Decide(live.State, vote, Now), Definition.Decide(thawed, vote, Now));
            Wire.Equal(here.Events.Cast<IMessage>(), there.Events.Cast<IMessage>());
            Assert.Equal((here.Reply as Rejection)?.Code, (there.Reply as Rejection)?.Code);
        }
    });

    [Fact]
    public void A_closed_sheet_never_changes_until_it_is_discarded() => Commands.Sample(commands =>
    {
        var box = Some.Sheet(Paper).Given(new SheetClosed(Some.BattleId, Now));
        foreach (var command in commands)
        {
            var events = box.When(command, Now).Decision.Events;
            if (events.Count > 0)
            {
                Assert.IsType<SheetDiscarded>(Assert.Single(events));
                break;
            }
        }
    });

    private static Gen<IBallotBoxCommand[]> Commands { get; } = Gen.Frequency(
        (2, Gen.Const<IBallotBoxCommand>(new OpenSheet(Paper))),
        (12, Votes.Where(votes => votes.Length > 0).Select(votes => (IBallotBoxCommand)votes[0])),
        (2, Gen.Int[1, Entries + 1].Select(entry => (IBallotBoxCommand)new StrikeEntry(Some.BattleId, Some.EntryId(entry)))),
        (1, Gen.Const<IBallotBoxCommand>(new CloseBallot(Some.BattleId))),
        (1, Gen.Const<IBallotBoxCommand>(new DiscardSheet(Some.BattleId))),
        (1, Gen.Const<IBallotBoxCommand>(new RequestCount(Some.BattleId)))).Array[1, 40];

    private static string Frozen(BallotBoxState state) => Wire.Frozen(Definition.Freeze(state));

    private static void Send(Scenario<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent> box, IEnumerable<CastVote> votes)
    {
        foreach (var vote in votes)
        {
            box.When(vote, Now);
        }
    }

    /// <summary>Sends each vote to its voter's box and closes them all.</summary>
    private static (List<VoteCast> Accepted, List<BallotCount> Counts) Poll(CastVote[] votes, int boxes)
    {
        var all = Enumerable.Range(0, boxes).Select(box => Some.Box(box).Given(new SheetOpened(Some.BattleId, Paper, Now))).ToList();
        var accepted = votes.SelectMany(vote => all[BallotBoxes.BoxOf(vote.VoterId, boxes)].When(vote, Now).Decision.Events).Cast<VoteCast>().ToList();
        return (accepted, [.. all.Select(box => Assert.IsType<BallotCount>(box.When(new CloseBallot(Some.BattleId), Now).Reply))]);
    }

    private static IReadOnlyList<RankedEntry> Results(IEnumerable<BallotCount> counts) =>
        Ranking.Rank(Some.Voting(Entries).State.Entries.Values, Ranking.Sum(counts));
}
