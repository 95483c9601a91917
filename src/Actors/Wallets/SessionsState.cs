using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>A session.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">The wallet it was opened with.</param>
/// <param name="FamilyHash">Of what all its refresh tokens share.</param>
/// <param name="SecretHash">Of what only the newest has.</param>
/// <param name="StartedAt">When it was opened.</param>
/// <param name="UsedAt">When it was last refreshed.</param>
public sealed record Session(Guid Id, string Address, string FamilyHash, string SecretHash, DateTimeOffset StartedAt, DateTimeOffset UsedAt)
{
    /// <summary>How long a session holds without being refreshed.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(30);

    /// <summary>How long a session holds at the most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>The instant from which it no longer holds.</summary>
    public DateTimeOffset ExpiresAt() => UsedAt + Idle < StartedAt + Longest ? UsedAt + Idle : StartedAt + Longest;
}

/// <summary>The sessions of a user as their events made them; those that are over are gone, those that have expired go with the next that is opened.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Sessions">By time of opening.</param>
public sealed record SessionsState(string UserId, IReadOnlyList<Session> Sessions) : ISnapshot
{
    /// <summary>How many sessions a user may have; the one opened first makes room.</summary>
    public const int MostSessions = 50;

    /// <summary>The session of this id, if it holds at an instant.</summary>
    public Session? Find(Guid id, DateTimeOffset now) => Sessions.FirstOrDefault(session => session.Id == id && now < session.ExpiresAt());

    /// <summary>The state after an event.</summary>
    public SessionsState Evolve(ISessionsEvent @event) => @event switch
    {
        SessionStarted e => With(
            [.. Sessions.Where(session => e.At < session.ExpiresAt()), new Session(e.SessionId, e.Address, e.FamilyHash, e.SecretHash, e.At, e.At)]),
        SessionRefreshed e => With(
            [.. Sessions.Select(session => session.Id == e.SessionId ? session with { SecretHash = e.SecretHash, UsedAt = e.At } : session)]),
        SessionEnded e => With([.. Sessions.Where(session => session.Id != e.SessionId)]),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "The sessions of a user do not know this event."),
    };

    private SessionsState With(IReadOnlyList<Session> sessions) => this with { Sessions = sessions };
}
