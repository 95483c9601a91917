using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Wallets;

/// <summary>A wallet's address and the user it belongs to.</summary>
public sealed class AddressDefinition : EntityDefinition<AddressState, IAddressCommand, IAddressEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Wallet;

    /// <summary>None: the state itself knows what it has seen.</summary>
    public override int RememberedCommands => 0;

    /// <inheritdoc />
    public override AddressState Empty(string entityId) => new(entityId, null, 0, false, default);

    /// <inheritdoc />
    public override Decision<IAddressEvent> Decide(AddressState state, IAddressCommand command, DateTimeOffset now) =>
        AddressDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override AddressState Evolve(AddressState state, IAddressEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(AddressState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetAddressOwner => new AddressOwner(state.Address, state.Held.OwnerAt(now)),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "An address does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(AddressState state, IReadOnlyList<IAddressEvent> events) =>
        throw new InvalidOperationException("Every decision of an address brings its answer.");

    /// <inheritdoc />
    public override ISnapshot Freeze(AddressState state) => state;

    /// <inheritdoc />
    public override AddressState Thaw(string entityId, ISnapshot snapshot) => (AddressState)snapshot;
}
