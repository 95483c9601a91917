using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Wallets;

/// <summary>A challenge: issued once, used once.</summary>
public sealed class ChallengeDefinition : EntityDefinition<ChallengeState, IChallengeCommand, IChallengeEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.WalletChallenge;

    /// <inheritdoc />
    public override ChallengeState Empty(string entityId) => new(entityId, null, false);

    /// <inheritdoc />
    public override Decision<IChallengeEvent> Decide(ChallengeState state, IChallengeCommand command, DateTimeOffset now) =>
        ChallengeDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override ChallengeState Evolve(ChallengeState state, IChallengeEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(ChallengeState state, IQuery query, DateTimeOffset now) =>
        throw new ArgumentOutOfRangeException(nameof(query), query, "A challenge answers no queries.");

    /// <inheritdoc />
    public override IReply ReplyTo(ChallengeState state, IReadOnlyList<IChallengeEvent> events)
    {
        var issued = state.Issued!;
        return new Challenge(state.Nonce, issued.UserId, issued.Address, issued.Domain, issued.Message, issued.ExpiresAt);
    }

    /// <inheritdoc />
    public override ISnapshot Freeze(ChallengeState state) => state;

    /// <inheritdoc />
    public override ChallengeState Thaw(string entityId, ISnapshot snapshot) => (ChallengeState)snapshot;
}
