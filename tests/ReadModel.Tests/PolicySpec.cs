using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
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

    private static PolicyReader Policy(ReadSideBench bench, ConcurrentQueue<Envelope> heard, Func<Envelope, IReply?> answer)
    {
        var regions = new ShardRegions();
        regions.Add(Names.Regions.BallotBox, bench.System.ActorOf(Props.Create(() => new Recorder(heard, answer))));
        return new PolicyReader(bench.Database, new BallotPolicy(2), regions, NullLogger<PolicyReader>.Instance);
    }
}
