using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Users;

/// <summary>A username and the user whose it is.</summary>
public sealed class UsernameDefinition : EntityDefinition<UsernameState, IUsernameCommand, IUsernameEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Username;

    /// <summary>None: the state itself knows what it has seen.</summary>
    public override int RememberedCommands => 0;

    /// <inheritdoc />
    public override UsernameState Empty(string entityId) => new(entityId, null, 0, false, default);

    /// <inheritdoc />
    public override Decision<IUsernameEvent> Decide(UsernameState state, IUsernameCommand command, DateTimeOffset now) =>
        UsernameDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override UsernameState Evolve(UsernameState state, IUsernameEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(UsernameState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetUsernameOwner => new UsernameOwner(state.Username, state.Held.OwnerAt(now)),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "A username does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(UsernameState state, IReadOnlyList<IUsernameEvent> events) =>
        throw new InvalidOperationException("Every decision of a username brings its answer.");

    /// <inheritdoc />
    public override ISnapshot Freeze(UsernameState state) => state;

    /// <inheritdoc />
    public override UsernameState Thaw(string entityId, ISnapshot snapshot) => (UsernameState)snapshot;
}
