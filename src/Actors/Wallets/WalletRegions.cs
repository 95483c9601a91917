using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Wallets;

/// <summary>Where the entities of the capability live.</summary>
public static class WalletRegions
{
    /// <summary>The wallets of a user.</summary>
    public static EntityAddress OfUser(string userId) => new(Names.Regions.Wallets, userId);

    /// <summary>A wallet's address, which knows whom it belongs to.</summary>
    public static EntityAddress OfAddress(string address) => new(Names.Regions.Wallet, address);

    /// <summary>A challenge.</summary>
    public static EntityAddress OfChallenge(string nonce) => new(Names.Regions.WalletChallenge, nonce);

    /// <summary>The sessions of a user.</summary>
    public static EntityAddress SessionsOf(string userId) => new(Names.Regions.Sessions, userId);
}
