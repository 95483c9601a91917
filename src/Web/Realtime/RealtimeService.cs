using Akka.Actor;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Web.Realtime;

/// <summary>Starts the node's bridge, and sends the clients elsewhere when the node begins to leave, before anything else stops.</summary>
internal sealed class RealtimeService(
    ActorSystem system, ChannelFanout fanout, ShardRegions regions, RealtimeMetrics metrics, ArenaConnections connections) : IHostedLifecycleService
{
    /// <summary>How long a node that leaves waits for its clients to take leave; a client that does not answer is cut off then.</summary>
    public static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(3);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        fanout.Attach(system.ActorOf(ChannelBridge.Props(fanout, regions, metrics), "channel-bridge"));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.WhenAny(connections.DrainAsync(), Task.Delay(LeaveWithin, cancellationToken));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
