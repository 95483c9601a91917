using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>Actors of which the cluster has one.</summary>
public static class OneOfTheCluster
{
    /// <summary>Runs an actor on the oldest node with a role; call it on each of these. When the node leaves or dies, the next runs it.</summary>
    public static IActorRef StartOne(this ActorSystem system, Props props, string role, string name) =>
        system.ActorOf(ClusterSingletonManager.Props(props, ClusterSingletonManagerSettings.Create(system).WithRole(role)), name);
}
