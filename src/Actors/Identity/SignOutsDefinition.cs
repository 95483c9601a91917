using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Identity;

/// <summary>The list of sign-outs, of which a cluster has one: every web node reads it on and on, so that a request asks nobody.</summary>
public sealed class SignOutsDefinition : EntityDefinition<SignOutsState, ISignOutsCommand, ISignOutsEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.SignOuts;

    /// <summary>The list itself knows what it has seen.</summary>
    public override int RememberedCommands => 0;

    /// <inheritdoc />
    public override SignOutsState Empty(string entityId) => new();

    /// <inheritdoc />
    public override Decision<ISignOutsEvent> Decide(SignOutsState state, ISignOutsCommand command, DateTimeOffset now) =>
        SignOutsDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override SignOutsState Evolve(SignOutsState state, ISignOutsEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(SignOutsState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetSignOuts get => state.After(get.After, now),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The list of sign-outs does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(SignOutsState state, IReadOnlyList<ISignOutsEvent> events) => new SignOutNumber(((SignedOut)events[^1]).Number);

    /// <inheritdoc />
    public override ISnapshot Freeze(SignOutsState state) => state.Freeze();

    /// <inheritdoc />
    public override SignOutsState Thaw(string entityId, ISnapshot snapshot) => new((SignOutsSnapshot)snapshot);

    /// <inheritdoc />
    public override int Weight(SignOutsState state) => state.Count;
}
