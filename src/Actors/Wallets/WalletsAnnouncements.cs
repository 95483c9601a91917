using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Wallets;

/// <summary>What a user is told of on the channel <c>user:{id}</c>.</summary>
internal static class WalletsAnnouncements
{
    public static IEnumerable<Announcement> Of(WalletsState state, IWalletsEvent @event)
    {
        var channel = $"user:{state.UserId}";
        return @event switch
        {
            WalletConnected e => [Announcement.Of(channel, "wallet.connected", e.At, WalletsViews.View(state.Find(e.Address)!), WalletsJson.Default.WalletView)],
            WalletDisconnected e => [Announcement.Of(channel, "wallet.disconnected", e.At, new WalletGone(e.Address), WalletsJson.Default.WalletGone)],
            HolderTierChanged e => [Announcement.Of(channel, "holder.tier_changed", e.At, new TierChange(e.Tier, e.Before), WalletsJson.Default.TierChange)],
            _ => [],
        };
    }
}

/// <summary>The data of <c>wallet.disconnected</c>.</summary>
public sealed record WalletGone(string Address);

/// <summary>The data of <c>holder.tier_changed</c>.</summary>
public sealed record TierChange(HolderTier Tier, HolderTier Before);
