using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>A challenge as its events made it.</summary>
/// <param name="Nonce">Its id.</param>
/// <param name="Issued">What was issued; null before.</param>
/// <param name="Used">Whether its one attempt was made.</param>
public sealed record ChallengeState(string Nonce, ChallengeIssued? Issued, bool Used) : ISnapshot
{
    /// <summary>The state after an event.</summary>
    public ChallengeState Evolve(IChallengeEvent @event) => @event switch
    {
        ChallengeIssued issued => this with { Issued = issued },
        ChallengeUsed => this with { Used = true },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "A challenge does not know this event."),
    };
}
