using Akka.Actor;
using Akka.Cluster;
using WildNOut.Actors.Limits;

namespace WildNOut.Web.Limits;

/// <summary>Tells the limiter how many web nodes there are.</summary>
internal sealed class NodeCount : UntypedActor
{
    private readonly RateLimiter _limiter;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly HashSet<UniqueAddress> _nodes = [];

    public NodeCount(RateLimiter limiter) => _limiter = limiter;

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        if (message is not ClusterEvent.IMemberEvent { Member: { } member })
        {
            Unhandled(message);
            return;
        }

        _ = WebNodes.Serves(member) ? _nodes.Add(member.UniqueAddress) : _nodes.Remove(member.UniqueAddress);
        _limiter.Nodes = _nodes.Count;
    }
}
