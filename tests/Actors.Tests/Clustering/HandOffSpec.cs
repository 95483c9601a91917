using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Clustering;

/// <summary>What the sharding of the package does with messages for a shard that it moves.</summary>
public sealed class HandOffSpec(ClusterNode node) : IClassFixture<ClusterNode>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly Envelope Question = new("one", new GetBattle());

    [Fact]
    public async Task What_comes_in_while_a_shard_is_handed_off_returns_to_its_sender()
    {
        Cluster.Get(node.System).Join(Cluster.Get(node.System).SelfAddress);
        node.System.ActorOf(Props.Create(() => new ReturnedMessages()));
        var region = new EntityRegion("moving", 4, (_, _) => Props.Create(() => new Answerer()));
        var door = RegionStarter.Start(node.System, region, new EntityRuntime(new ShardRegions(), TimeProvider.System, _ => { }), hosts: true);
        Assert.IsType<Done>(await door.Ask<IReply>(Question, Long));

        var shard = new EnvelopeExtractor(region).ShardId(Question.EntityId);
        door.Tell(Coordinators("BeginHandOff", shard), ActorRefs.NoSender);
        var between = door.Ask<IReply>(Question, Long);
        door.Tell(Coordinators("HandOff", shard), ActorRefs.NoSender);
        Assert.True(Assert.IsType<Unavailable>(await between).NothingDone);
    }

    /// <summary>A message that only a coordinator sends.</summary>
    private static object Coordinators(string name, string shard) =>
        Activator.CreateInstance(typeof(ClusterSharding).Assembly.GetType($"Akka.Cluster.Sharding.ShardCoordinator+{name}", throwOnError: true)!, shard)!;

    private sealed class Answerer : ReceiveActor
    {
        public Answerer()
        {
            Receive<Envelope>(_ => Sender.Tell(new Done(new Unavailable("an answer"), 1)));
            Receive<StopEntity>(_ => Context.Stop(Self));
        }
    }
}
