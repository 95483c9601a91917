using Akka.Actor;
using Akka.Cluster;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Limits;

/// <summary>A web node and the actor there that knows what the node has given out.</summary>
/// <param name="Id">As in <see cref="LeasePermits.Node"/>.</param>
/// <param name="Keeper">The actor.</param>
/// <param name="Reachable">Whether it can be expected to answer.</param>
public sealed record WebNode(string Id, ICanTell Keeper, bool Reachable);

/// <summary>The web nodes of a cluster.</summary>
public static class WebNodes
{
    /// <summary>The name of the actor under <c>/user</c> of each web node.</summary>
    public const string KeeperName = "permit-keeper";

    /// <summary>What a node is called: another one after each start.</summary>
    public static string IdOf(UniqueAddress node) => $"{node.Address}#{node.Uid}";

    /// <summary>Whether a member takes requests.</summary>
    public static bool Serves(Member member) =>
        member.HasRole(Names.Roles.Web) && member.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving or MemberStatus.Exiting;

    /// <summary>Those of a system's cluster at present.</summary>
    public static IReadOnlyList<WebNode> Of(ActorSystem system)
    {
        var state = Cluster.Get(system).State;
        return [.. state.Members.Where(Serves).Select(member => new WebNode(
            IdOf(member.UniqueAddress),
            system.ActorSelection(new RootActorPath(member.Address) / "user" / KeeperName),
            !state.Unreachable.Contains(member)))];
    }
}
