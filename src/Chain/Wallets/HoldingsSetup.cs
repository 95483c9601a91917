using Akka.Actor;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Wallets;

namespace WildNOut.Chain.Wallets;

/// <summary>Keeps what wallets hold up to date.</summary>
public static class HoldingsSetup
{
    /// <summary>Starts the one <see cref="HoldingsRefresher"/> of the cluster; call it on each node with the role <see cref="Names.Roles.Chain"/>, after sharding has started.</summary>
    public static void StartHoldingsRefresher(this ActorSystem system, WalletTables wallets, ShardRegions regions, IHoldingsReader reader, TimeProvider clock) =>
        system.StartOne(HoldingsRefresher.Props(wallets, regions, reader, clock), Names.Roles.Chain, "holdings-refresher");
}
