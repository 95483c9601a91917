using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>A command to a wallet's address, from the wallets of a user. Each is safe to repeat.</summary>
public interface IAddressCommand : ICommand
{
    /// <summary>Who asks.</summary>
    string UserId { get; }
}

/// <summary>Claims the address, as <see cref="HeldClaim"/> tells.</summary>
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

/// <summary>How a claim stands after a command.</summary>
public sealed record ClaimReply(string Address, long Claim, ClaimStatus Status) : IReply;

/// <summary>Whom an address belongs to; null for nobody.</summary>
public sealed record AddressOwner(string Address, string? UserId) : IReply;
