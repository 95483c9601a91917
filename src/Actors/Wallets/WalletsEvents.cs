using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What happens to the wallets of a user. Instants never fall behind those of earlier events.</summary>
public interface IWalletsEvent : IEvent
{
    /// <summary>The user.</summary>
    string UserId { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>A wallet was linked.</summary>
/// <param name="Claim">The number of the claim on the address.</param>
public sealed record WalletConnected(string UserId, string Address, long Claim, DateTimeOffset At) : IWalletsEvent;

/// <summary>The address knows for good whose it is.</summary>
public sealed record WalletConfirmed(string UserId, string Address, long Claim, DateTimeOffset At) : IWalletsEvent;

/// <summary>A wallet is no more the user's.</summary>
/// <param name="Lost">Whether the claim had lapsed before it was confirmed, so that there is nothing to give back.</param>
public sealed record WalletDisconnected(string UserId, string Address, long Claim, bool Lost, DateTimeOffset At) : IWalletsEvent;

/// <summary>A claim was granted that the user has no room for; it is given back.</summary>
public sealed record ClaimReturned(string UserId, string Address, long Claim, DateTimeOffset At) : IWalletsEvent;

/// <summary>The address is free again.</summary>
public sealed record WalletReleased(string UserId, string Address, long Claim, DateTimeOffset At) : IWalletsEvent;

/// <summary>The user is no more: no wallet can be linked from now on.</summary>
public sealed record WalletsClosed(string UserId, DateTimeOffset At) : IWalletsEvent;

/// <summary>A wallet was read.</summary>
public sealed record HoldingsSet(string UserId, string Address, ulong Amount, ulong Slot, int Decimals, DateTimeOffset At) : IWalletsEvent
{
    /// <summary>The whole tokens in the wallet.</summary>
    public ulong WholeTokens() => TokenUnits.Whole(Amount, Decimals);
}

/// <summary>The user's tier over all wallets is another.</summary>
public sealed record HolderTierChanged(string UserId, HolderTier Tier, HolderTier Before, DateTimeOffset At) : IWalletsEvent;
