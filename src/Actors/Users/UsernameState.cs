using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>A username as its events made it.</summary>
/// <param name="Username">In small letters.</param>
/// <param name="UserId">Who claims it; null for nobody.</param>
/// <param name="Claim">The number of the newest claim; 0 before the first.</param>
/// <param name="Confirmed">Whether the claim holds for good.</param>
/// <param name="ClaimedAt">When it was claimed.</param>
public sealed record UsernameState(string Username, string? UserId, long Claim, bool Confirmed, DateTimeOffset ClaimedAt) : ISnapshot
{
    /// <summary>The claim that holds, or held.</summary>
    [JsonIgnore]
    public HeldClaim Held => new(UserId, Claim, Confirmed, ClaimedAt);

    /// <summary>The state after an event.</summary>
    public UsernameState Evolve(IUsernameEvent @event) => @event switch
    {
        NameClaimed e => this with { UserId = e.UserId, Claim = e.Claim, Confirmed = false, ClaimedAt = e.At },
        NameConfirmed => this with { Confirmed = true },
        NameReleased => this with { UserId = null, Confirmed = false },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "A username does not know this event."),
    };
}
