using CsCheck;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Battles;

/// <summary>What holds for a battle whatever people send it, at whatever time.</summary>
public sealed class BattleProperties
{
    private static readonly BattleDefinition Definition = new(Some.Boxes);

    private static readonly string EntityId = Some.BattleId.ToString("D");

    /// <summary>Runs of commands with the minutes that pass before each; the whole life of a battle is three hours.</summary>
    private static readonly Gen<(int Minutes, int Command, int Who, int What)[]> Runs =
        Gen.Select(Gen.Frequency((6, Gen.Const(0)), (3, Gen.Int[1, 20]), (1, Gen.Int[30, 200])), Gen.Int[0, 10], Gen.Int[0, 5], Gen.Int[0, 5]).Array[1, 40];

    [Fact]
    public void Random_commands_never_throw_and_always_get_an_answer() => Runs.Sample(run => Play(run, (_, _, _, outcome) => Assert.NotNull(outcome.Reply)));

    [Fact]
    public void A_final_battle_stays_as_it_is_but_for_views_and_late_judgements() => Runs.Sample(run => Play(run, (before, after, _, outcome) =>
    {
        if (!before.IsFinal)
        {
            return;
        }

        Assert.Equal(before.Status, after.Status);
        Assert.Same(before.Results, after.Results);
        Assert.All(outcome.Decision.Events, @event => Assert.True(
            @event is EntryViewed || (@event is EntryModerated judged && (before.Status == BattleStatus.Cancelled || judged.Status == ModerationStatus.Approved)),
            Wire.Json(@event)));
    }));

    [Fact]
    public void Moves_follow_the_arrows_and_none_is_skipped_or_repeated() => Runs.Sample(run =>
    {
        var steps = Play(run).Where(@event => @event is BattleActivated or BattleVotingStarted or BattleVotingClosed or BattleCompleted or BattleCancelled)
            .Select(@event => @event.GetType().Name).ToList();
        string[] arrows = [nameof(BattleActivated), nameof(BattleVotingStarted), nameof(BattleVotingClosed), nameof(BattleCompleted)];
        if (steps.Count > 0 && steps[^1] == nameof(BattleCancelled))
        {
            steps.RemoveAt(steps.Count - 1);
            Assert.InRange(steps.Count, 0, 1);
        }

        Assert.Equal(arrows.Take(steps.Count), steps);
    });

    [Fact]
    public void After_a_command_that_was_judged_no_move_is_due_any_more() => Runs.Sample(run => Play(run, (_, after, now, outcome) =>
    {
        var refusedCreation = outcome.Reply is Rejection { Code: "idempotency_mismatch" };
        Assert.True(refusedCreation || BattleTime.Due(after, now).Count == 0);
    }));

    [Fact]
    public void Replaying_any_prefix_of_the_journal_equals_the_state_of_that_moment() => Runs.Sample(run =>
    {
        var moments = new List<(int Events, string State)>();
        var journal = new List<IBattleEvent>();
        Play(run, (_, after, _, outcome) =>
        {
            journal.AddRange(outcome.Decision.Events.Select(Wire.RoundTrip));
            moments.Add((journal.Count, Frozen(after)));
        });
        foreach (var (events, state) in moments)
        {
            Assert.Equal(state, Frozen(new Scenario<BattleState, IBattleCommand, IBattleEvent>(Definition, EntityId).Given(journal.Take(events)).State));
        }
    });

    [Fact]
    public void A_thawed_snapshot_equals_the_state_and_goes_on_as_it_would_have() => Runs.Sample(run => Play(run, (_, after, _, _) =>
    {
        var thawed = Definition.Thaw(EntityId, Wire.RoundTrip(Definition.Freeze(after)));
        Assert.Equal(Frozen(after), Frozen(thawed));
        var later = Some.VotingEnd.AddDays(1);
        Wire.Equal(
            Definition.Decide(after, new AdvanceBattle(), later).Events.Cast<IMessage>(),
            Definition.Decide(thawed, new AdvanceBattle(), later).Events.Cast<IMessage>());
    }));

    [Fact]
    public void Everything_that_can_be_asked_or_told_of_a_battle_works_at_any_moment() => Runs.Sample(run => Play(run, (_, after, now, outcome) =>
    {
        foreach (var query in new IQuery[] { new GetBattle(), new GetEntry(Some.EntryId(1)), new GetTally(), new GetResults() })
        {
            Assert.NotNull(Definition.Answer(after, query, now));
        }

        foreach (var @event in outcome.Decision.Events)
        {
            Assert.NotNull(Definition.Announce(after, @event).ToList());
        }

        Assert.NotNull(Definition.Outbox(after));
    }));

    private static string Frozen(BattleState state) => Wire.Frozen(Definition.Freeze(state));

    /// <summary>Plays a run and looks at each step: the state before and after, the time, what came of the command.</summary>
    private static List<IBattleEvent> Play(
        (int Minutes, int Command, int Who, int What)[] run,
        Action<BattleState, BattleState, DateTimeOffset, Outcome<IBattleEvent>>? look = null)
    {
        var battle = new Scenario<BattleState, IBattleCommand, IBattleEvent>(Definition, EntityId);
        var journal = new List<IBattleEvent>();
        var now = Some.Created;
        var entries = 0;
        foreach (var (minutes, command, who, what) in run.Prepend((0, 0, 0, 0)))
        {
            now = now.AddMinutes(minutes);
            var before = battle.State;
            var outcome = battle.When(Command(command, who, what, ref entries), now);
            journal.AddRange(outcome.Decision.Events);
            look?.Invoke(before, battle.State, now, outcome);
        }

        return journal;
    }

    private static IBattleCommand Command(int command, int who, int what, ref int entries)
    {
        Caller caller = who switch { 0 => Some.Creator, 1 => Some.Moderator, 2 => Some.Admin, _ => Some.Stranger };
        return command switch
        {
            0 => Some.Create with { Rules = Some.Rules with { MaxEntries = 3 } },
            1 => new EditBattle(caller, what == 0 ? 1 : null, "Renamed", null, what == 2 ? Some.Created : null, what == 1 ? Some.End.AddMinutes(7) : null, null, null),
            2 or 3 => new MoveBattle(caller, (BattleStatus)(what % 5)),
            4 or 5 => new SubmitEntry(Some.EntryId(++entries), Some.User(who + 1), Some.Text($"entry {what}"), false),
            6 => new ModerateEntry(caller, Some.EntryId(what + 1), what % 2 == 0, what == 1 ? null : "because"),
            7 => new ViewEntry(Some.EntryId(what + 1)),
            8 => new RequestBallotPaper(),
            9 => new CountBallot(new BallotCount(Some.BattleId, what % Some.Boxes, what, what, [new EntryTally(Some.EntryId(1), what, what)])),
            _ => new AdvanceBattle(),
        };
    }
}
