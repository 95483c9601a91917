using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Notifications;

/// <summary>The inbox of one user.</summary>
public sealed class InboxDefinition : EntityDefinition<InboxState, IInboxCommand, IInboxEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Inbox;

    /// <summary>Those of a user who reads; what comes in is known again by its id.</summary>
    public override int RememberedCommands => 100;

    /// <inheritdoc />
    public override InboxState Empty(string entityId) => new(entityId);

    /// <inheritdoc />
    public override Decision<IInboxEvent> Decide(InboxState state, IInboxCommand command, DateTimeOffset now) => InboxDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override InboxState Evolve(InboxState state, IInboxEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(InboxState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetUnread => new UnreadCount(state.UnreadAt(now > state.LastAt ? now : state.LastAt)),
        GetPreferences => new InboxPreferences(state.Off),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "An inbox does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(InboxState state, IReadOnlyList<IInboxEvent> events) => new UnreadCount(state.UnreadAt(state.LastAt));

    /// <inheritdoc />
    public override IEnumerable<Announcement> Announce(InboxState state, IInboxEvent @event) => InboxAnnouncements.Of(state, @event);

    /// <inheritdoc />
    public override ISnapshot Freeze(InboxState state) => InboxSnapshot.Of(state);

    /// <inheritdoc />
    public override InboxState Thaw(string entityId, ISnapshot snapshot) => ((InboxSnapshot)snapshot).ToState(entityId);

    /// <inheritdoc />
    public override int Weight(InboxState state) => state.Kept.Count;
}
