using Akka.Actor;
using Akka.Cluster.Sharding;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>Starts the shard regions of a node; every setting that decides behaviour is set here, one by one.</summary>
public static class RegionStarter
{
    /// <summary>The most shards that one rebalance moves.</summary>
    public const int RebalanceAtOnce = 10;

    /// <summary>Hosts a region where the node has the role <c>entities</c>, else opens a proxy to it.</summary>
    public static IActorRef Start(ActorSystem system, EntityRegion region, EntityRuntime runtime, bool hosts)
    {
        var sharding = ClusterSharding.Get(system);
        var extractor = new EnvelopeExtractor(region);
        return hosts
            ? sharding.Start(
                region.Name,
                id => region.EntityProps(runtime, id),
                SettingsOf(system, region),
                extractor,
                ShardAllocationStrategy.LeastShardAllocationStrategy(RebalanceAtOnce, 0.25),
                StopEntity.Instance)
            : sharding.StartProxy(region.Name, Names.Roles.Entities, extractor);
    }

    /// <summary>The settings of one region.</summary>
    public static ClusterShardingSettings SettingsOf(ActorSystem system, EntityRegion region) =>
        ClusterShardingSettings.Create(system)
            .WithRole(Names.Roles.Entities)
            .WithStateStoreMode(StateStoreMode.DData)
            .WithRememberEntities(false)
            .WithPassivateIdleAfter(region.PassivateAfter ?? TimeSpan.Zero);
}
