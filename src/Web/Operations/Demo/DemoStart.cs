using Akka.Actor;
using WildNOut.Actors;
using WildNOut.Actors.Battles;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Operations.Demo;

/// <summary>Lets the crowd in once the node serves.</summary>
internal sealed class DemoStart(
    ActorSystem system, EntityGateway gateway, BattleListings lists, NodeOptions node, TimeProvider clock, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var script = new DemoScript(gateway, lists, node.BallotBoxes, clock);
            var crowd = system.ActorOf(Props.Create(() => new DemoCrowd(script)), "demo-crowd");
            lifetime.ApplicationStopping.Register(() => system.Stop(crowd));
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
