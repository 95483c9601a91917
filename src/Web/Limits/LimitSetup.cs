using Akka.Actor;
using Akka.Cluster;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Limits;

namespace WildNOut.Web.Limits;

/// <summary>Puts limits into a node.</summary>
public static class LimitSetup
{
    /// <summary>Adds limits. An actor system and its shard regions must be there, and be started first.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, LimitOptions options) => services
        .AddSingleton(new LimitRules(options))
        .AddSingleton<LimitMetrics>()
        .AddSingleton<RateLimiter>()
        .AddHostedService<KeeperStart>();

    private sealed class KeeperStart(
        ActorSystem system, LimitRules rules, RateLimiter limiter, ShardRegions regions, LimitMetrics metrics, TimeProvider clock) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            var node = WebNodes.IdOf(Cluster.Get(system).SelfUniqueAddress);
            limiter.Attach(system.ActorOf(PermitKeeper.Props(node, rules, limiter, regions, metrics, clock), WebNodes.KeeperName));
            system.ActorOf(Props.Create(() => new NodeCount(limiter)), "web-node-count");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
