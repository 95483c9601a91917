using System.Collections.Concurrent;
using Akka.Actor;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Testing;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.ReadModel.Tests;

public sealed class BattleClockSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_clock_wakes_what_is_due_and_what_counts_and_leaves_the_rest_alone(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new BattleProjection());
        var (due, counting, early, over) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.AppendAsync(Sample.Of(due), Sample.Created(due));
        await bench.AppendAsync(Sample.Of(counting), Sample.Created(counting, status: BattleStatus.Voting), new BattleVotingClosed(counting, "ann", Sample.Noon));
        await bench.AppendAsync(Sample.Of(early), Sample.Created(early), new BattleActivated(early, "ann", Sample.Noon));
        await bench.AppendAsync(Sample.Of(over), Sample.Created(over), new BattleCancelled(over, "ann", Sample.Noon));
        await bench.CaughtUpAsync(BattleProjection.Key);

        var heard = new ConcurrentQueue<Envelope>();
        var regions = new ShardRegions();
        regions.Add(Names.Regions.Battle, bench.System.ActorOf(Props.Create(() => new Recorder(heard, _ => Recorder.Fine))));
        bench.System.ActorOf(BattleClock.Props(bench.Database, regions, new Stopped(Sample.Noon.AddMinutes(90))));
        await Eventually.Holds(() => Task.FromResult(heard.Select(envelope => envelope.EntityId).Distinct().Count() >= 2));

        Assert.All(heard, envelope => Assert.IsType<AdvanceBattle>(envelope.Message));
        Assert.Equal(new[] { due, counting }.Select(id => id.ToString("D")).Order(), heard.Select(envelope => envelope.EntityId).Distinct().Order());
    }

    private sealed class Stopped(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
