using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What the sessions of a user say to a command.</summary>
public static class SessionsDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<ISessionsEvent> Decide(SessionsState state, ISessionsCommand command, DateTimeOffset now) => command switch
    {
        StartSession start => Start(state, start, now),
        RefreshSession refresh => Refresh(state, refresh, now),
        LogOut leave => state.Find(leave.SessionId, now) is { } session && session.FamilyHash == leave.FamilyHash
            ? Note(End(state, session, SessionEnd.LoggedOut, now))
            : Note(),
        EndSession end => state.Find(end.SessionId, now) is { } session
            ? Note(End(state, session, SessionEnd.Revoked, now))
            : Decision<ISessionsEvent>.Reject(WalletRefusals.NoSession),
        EndSessionsOf end => Note([.. state.Sessions.Where(session => session.Address == end.Address).Select(session => End(state, session, SessionEnd.Disconnected, now))]),
        EndAllSessions => Note([.. state.Sessions.Select(session => End(state, session, SessionEnd.Deleted, now))]),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "The sessions of a user do not know this command."),
    };

    private static Decision<ISessionsEvent> Start(SessionsState state, StartSession start, DateTimeOffset now)
    {
        var started = new SessionStarted(state.UserId, start.SessionId, start.Address, start.FamilyHash, start.SecretHash, now);
        var crowded = state.Sessions.Where(session => now < session.ExpiresAt()).SkipLast(SessionsState.MostSessions - 1);
        return Decision<ISessionsEvent>.Accept([.. crowded.Select(session => End(state, session, SessionEnd.Crowded, now)), started]);
    }

    private static Decision<ISessionsEvent> Refresh(SessionsState state, RefreshSession refresh, DateTimeOffset now) =>
        state.Find(refresh.SessionId, now) is not { } session || session.FamilyHash != refresh.FamilyHash
            ? Decision<ISessionsEvent>.Reject(WalletRefusals.InvalidRefreshToken)
        : session.SecretHash != refresh.SecretHash
            ? Decision<ISessionsEvent>.Reject(WalletRefusals.RefreshTokenReused, End(state, session, SessionEnd.Reused, now))
        : Decision<ISessionsEvent>.Accept(new SessionRefreshed(state.UserId, session.Id, refresh.NextHash, now));

    private static SessionEnded End(SessionsState state, Session session, SessionEnd why, DateTimeOffset now) => new(state.UserId, session.Id, why, now);

    private static Decision<ISessionsEvent> Note(params IReadOnlyList<ISessionsEvent> events) => Decision<ISessionsEvent>.Answer(Noted.Instance, events);
}
