using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Wallets;

/// <summary>The sign-in sessions of one user.</summary>
public sealed class SessionsDefinition : EntityDefinition<SessionsState, ISessionsCommand, ISessionsEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Sessions;

    /// <inheritdoc />
    public override SessionsState Empty(string entityId) => new(entityId, []);

    /// <inheritdoc />
    public override Decision<ISessionsEvent> Decide(SessionsState state, ISessionsCommand command, DateTimeOffset now) =>
        SessionsDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override SessionsState Evolve(SessionsState state, ISessionsEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(SessionsState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetSessions => new SessionsView([.. state.Sessions.Where(session => now < session.ExpiresAt()).Select(View)]),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The sessions of a user do not know this query."),
    };

    /// <summary>The newest event of a start or a refresh is that of its session, which the state right after it has.</summary>
    public override IReply ReplyTo(SessionsState state, IReadOnlyList<ISessionsEvent> events) => events[^1] switch
    {
        SessionStarted started => View(state.Sessions.Single(session => session.Id == started.SessionId)),
        SessionRefreshed refreshed => View(state.Sessions.Single(session => session.Id == refreshed.SessionId)),
        _ => Noted.Instance,
    };

    /// <inheritdoc />
    public override ISnapshot Freeze(SessionsState state) => state;

    /// <inheritdoc />
    public override SessionsState Thaw(string entityId, ISnapshot snapshot) => (SessionsState)snapshot;

    private static SessionView View(Session session) => new(session.Id, session.Address, session.StartedAt, session.UsedAt, session.ExpiresAt());
}
