using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>A command to a wallet's address, from the wallets of a user. Each is safe to repeat.</summary>
public interface IAddressCommand : ICommand
{
    /// <summary>Who asks.</summary>
    string UserId { get; }
}

/// <summary>
/// Claims the address. The claim has a number, so that a late message about an earlier claim changes nothing, and lapses when it is not confirmed in
/// time: what a crash leaves behind mends itself.
/// </summary>
public sealed record ClaimAddress(string UserId) : IAddressCommand;

/// <summary>The claim has become a wallet of the user.</summary>
public sealed record ConfirmAddress(string UserId, long Claim) : IAddressCommand;

/// <summary>The user has the wallet no more.</summary>
public sealed record ReleaseAddress(string UserId, long Claim) : IAddressCommand;

/// <summary>Asks whom the address belongs to; answered with <see cref="AddressOwner"/>.</summary>
public sealed record GetAddressOwner : IQuery;

/// <summary>What happens to an address.</summary>
public interface IAddressEvent : IEvent;

/// <summary>A user claimed the address.</summary>
public sealed record AddressClaimed(string Address, string UserId, long Claim, DateTimeOffset At) : IAddressEvent;

/// <summary>The claim holds for good.</summary>
public sealed record AddressConfirmed(string Address, string UserId, long Claim, DateTimeOffset At) : IAddressEvent;

/// <summary>The address is free.</summary>
public sealed record AddressReleased(string Address, string UserId, long Claim, DateTimeOffset At) : IAddressEvent;

/// <summary>How a claim stands.</summary>
[JsonConverter(typeof(WireEnumConverter<ClaimStatus>))]
public enum ClaimStatus
{
    /// <summary>It holds for a while.</summary>
    Claimed,

    /// <summary>It holds for good.</summary>
    Confirmed,

    /// <summary>It is given up.</summary>
    Released,

    /// <summary>It lapsed, and the address has another claim by now.</summary>
    Lost,
}

/// <summary>How a claim stands after a command.</summary>
public sealed record ClaimReply(string Address, long Claim, ClaimStatus Status) : IReply;

/// <summary>Whom an address belongs to; null for nobody.</summary>
public sealed record AddressOwner(string Address, string? UserId) : IReply;
