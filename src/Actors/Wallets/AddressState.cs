using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>An address as its events made it.</summary>
/// <param name="Address">Base58.</param>
/// <param name="UserId">Who claims it; null for nobody.</param>
/// <param name="Claim">The number of the newest claim; 0 before the first.</param>
/// <param name="Confirmed">Whether the claim holds for good.</param>
/// <param name="ClaimedAt">When it was claimed.</param>
public sealed record AddressState(string Address, string? UserId, long Claim, bool Confirmed, DateTimeOffset ClaimedAt) : ISnapshot
{
    /// <summary>The claim that holds, or held.</summary>
    [JsonIgnore]
    public HeldClaim Held => new(UserId, Claim, Confirmed, ClaimedAt);

    /// <summary>The state after an event.</summary>
    public AddressState Evolve(IAddressEvent @event) => @event switch
    {
        AddressClaimed e => this with { UserId = e.UserId, Claim = e.Claim, Confirmed = false, ClaimedAt = e.At },
        AddressConfirmed => this with { Confirmed = true },
        AddressReleased => this with { UserId = null, Confirmed = false },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "An address does not know this event."),
    };
}
