using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Users;
using WildNOut.Testing;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.ReadModel.Tests;

public sealed class PolicySpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_follows_is_sent_until_it_is_answered_and_after_a_crash_again_under_the_same_ids(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var (battle, entry) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var pid = Sample.Of(battle);
        await bench.AppendAsync(pid, Sample.Created(battle), Sample.Entered(battle, entry, "bob"));
        await bench.AppendAsync(Sample.Box(0), Sample.Vote(battle, entry, "cid"));
        await bench.AppendAsync(
            pid,
            new EntryModerated(battle, entry, "bob", ModerationStatus.Rejected, "no", "mod", Sample.Noon),
            new BattleCompleted(battle, new BattleResults(battle, Sample.Noon, []), Sample.Noon));

        var deaf = new ConcurrentQueue<Envelope>();
        await using (bench.Run([Policy(bench, deaf, _ => null)]))
        {
            await Eventually.Holds(() => Task.FromResult(deaf.Count >= 4));
        }

        var heard = new ConcurrentQueue<Envelope>();
        var refusedOnce = new ConcurrentDictionary<string, bool>();
        await using (bench.Run([Policy(bench, heard, envelope => envelope.Message switch
        {
            DiscardSheet => Rejection.NotFound("sheet"),
            _ when refusedOnce.TryAdd(envelope.CommandId!, true) => new Unavailable("moving"),
            _ => Recorder.Fine,
        })]))
        {
            await bench.CaughtUpAsync("ballots");
        }

        string[] expected = [$"ballots|{pid}|2|0|0", $"ballots|{pid}|2|0|1", $"ballots|{pid}|2|1|0", $"ballots|{pid}|2|1|1"];
        Assert.Equal(expected, deaf.Select(envelope => envelope.CommandId!).Distinct().Order());
        Assert.Equal(expected, heard.Select(envelope => envelope.CommandId!).Distinct().Order());
        Assert.Equal(["0", "1"], heard.Where(envelope => envelope.Message is StrikeEntry).Select(envelope => envelope.EntityId).Distinct().Order());
        Assert.Equal(2, heard.Count(envelope => envelope.Message is DiscardSheet));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_policy_that_folds_tells_a_receiver_of_several_at_once_and_a_single_one_under_its_id(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var (battle, one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.AppendAsync(Sample.Box(0), Sample.Vote(battle, one, "cid"), Sample.Vote(battle, one, "dan"), Sample.Vote(battle, two, "cid"));
        await bench.AppendAsync(Sample.Of(battle), Sample.Created(battle));
        var heard = new ConcurrentQueue<Envelope>();
        var regions = new ShardRegions();
        regions.Add(Names.Regions.User, bench.System.ActorOf(Props.Create(() => new Recorder(heard, _ => Recorder.Fine))));
        await using (bench.Run([new PolicyReader(bench.Database, new VoteDeedsPolicy(TimeSpan.Zero), regions, NullLogger<PolicyReader>.Instance)]))
        {
            await bench.CaughtUpAsync("vote-deeds");
        }

        var of = heard.ToDictionary(envelope => envelope.EntityId, envelope => (envelope.CommandId, Deeds: ((RecordDeeds)envelope.Message).Deeds.Select(deed => deed.Source).ToArray()));
        Assert.Equal(["cid", "dan"], of.Keys.Order());
        Assert.Null(of["cid"].CommandId);
        Assert.Equal([one.ToString(), two.ToString()], of["cid"].Deeds);
        Assert.Equal($"vote-deeds|{Sample.Box(0)}|1|1|0", of["dan"].CommandId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_policy_that_rests_notes_how_far_it_is_in_the_middle_of_a_run(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var (battle, entry) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var voter = 0; voter < 300; voter++)
        {
            await bench.AppendAsync(Sample.Box(0), Sample.Vote(battle, entry, $"voter-{voter}"));
        }

        var told = new List<int>();
        foreach (var answered in new[] { 250, 300 })
        {
            var heard = new ConcurrentQueue<Envelope>();
            var regions = new ShardRegions();
            regions.Add(Names.Regions.User, bench.System.ActorOf(Props.Create(() => new Recorder(heard, _ => heard.Count <= answered ? Recorder.Fine : null))));
            await using (bench.Run([new PolicyReader(bench.Database, new VoteDeedsPolicy(TimeSpan.Zero), regions, NullLogger<PolicyReader>.Instance)]))
            {
                await (answered == 300 ? bench.CaughtUpAsync("vote-deeds") : Eventually.Holds(() => Task.FromResult(heard.Count > answered)));
            }

            told.Add(heard.Count);
        }

        Assert.InRange(told[0], 251, 254);
        Assert.Equal(100, told[1]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_battle_s_entrants_hear_of_their_entries_and_ranks_also_again_after_a_crash(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var (battle, entry) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.AppendAsync(Sample.Of(battle), Sample.Created(battle), Sample.Entered(battle, entry, "bob"));
        await bench.AppendAsync(Sample.Of(battle), new BattleCompleted(
            battle, new BattleResults(battle, Sample.Noon, [new RankedEntry(1, entry, "bob", 3, 3), new RankedEntry(2, Guid.CreateVersion7(), "cid", 1, 1)]), Sample.Noon));
        var told = new HashSet<string>[2];
        for (var run = 0; run < 2; run++)
        {
            var heard = new ConcurrentQueue<Envelope>();
            var regions = new ShardRegions();
            var deaf = run == 0;
            regions.Add(Names.Regions.User, bench.System.ActorOf(Props.Create(() => new Recorder(heard, _ => deaf ? null : Recorder.Fine))));
            await using (bench.Run([new PolicyReader(bench.Database, new BattleDeedsPolicy(TimeSpan.Zero), regions, NullLogger<PolicyReader>.Instance)]))
            {
                await Eventually.Holds(() => Task.FromResult(heard.Count >= 2));
                if (!deaf)
                {
                    await bench.CaughtUpAsync("battle-deeds");
                }
            }

            told[run] = [.. heard.Select(envelope => Told(envelope.EntityId, ((RecordDeeds)envelope.Message).Deeds.Single()))];
        }

        Assert.Equal(
            [
                $"bob BattleCompleted {battle} 1",
                $"bob EntrySubmitted {entry} ",
                $"cid BattleCompleted {battle} 2",
            ],
            told[1].Order(StringComparer.Ordinal));
        Assert.Subset(told[1], told[0]);

        static string Told(string user, Deed deed) => $"{user} {deed.Kind} {deed.Source} {deed.Rank}";
    }

    private static PolicyReader Policy(ReadSideBench bench, ConcurrentQueue<Envelope> heard, Func<Envelope, IReply?> answer)
    {
        var regions = new ShardRegions();
        regions.Add(Names.Regions.BallotBox, bench.System.ActorOf(Props.Create(() => new Recorder(heard, answer))));
        return new PolicyReader(bench.Database, new BallotPolicy(2), regions, NullLogger<PolicyReader>.Instance);
    }
}
