using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>A command to the sessions of a user. Secrets come as their hashes only.</summary>
public interface ISessionsCommand : ICommand;

/// <summary>Opens a session; answered with <see cref="SessionView"/>.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="Address">The wallet that was signed in with.</param>
/// <param name="FamilyHash">Of the secret that all refresh tokens of the session share: it tells an old token from a guess.</param>
/// <param name="SecretHash">Of the secret that only the newest refresh token has.</param>
public sealed record StartSession(Guid SessionId, string Address, string FamilyHash, string SecretHash) : ISessionsCommand;

/// <summary>Exchanges a refresh token for the next one; answered with <see cref="SessionView"/>. An older token than the newest ends the session.</summary>
public sealed record RefreshSession(Guid SessionId, string FamilyHash, string SecretHash, string NextHash) : ISessionsCommand;

/// <summary>Ends the session of a refresh token, the newest or an older one. A session that is over stays so.</summary>
public sealed record LogOut(Guid SessionId, string FamilyHash) : ISessionsCommand;

/// <summary>The user ends a session.</summary>
public sealed record EndSession(Guid SessionId) : ISessionsCommand;

/// <summary>A wallet is no more the user's: what was signed in with it ends.</summary>
public sealed record EndSessionsOf(string Address) : ISessionsCommand;

/// <summary>The user is no more: all sessions end.</summary>
public sealed record EndAllSessions : ISessionsCommand;

/// <summary>Asks for the sessions that hold; answered with <see cref="SessionsView"/>.</summary>
public sealed record GetSessions : IQuery;

/// <summary>What happens to the sessions of a user.</summary>
public interface ISessionsEvent : IEvent
{
    /// <summary>The user.</summary>
    string UserId { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>A session was opened.</summary>
public sealed record SessionStarted(
    string UserId, Guid SessionId, string Address, string FamilyHash, string SecretHash, DateTimeOffset At) : ISessionsEvent;

/// <summary>A session has a new refresh token.</summary>
public sealed record SessionRefreshed(string UserId, Guid SessionId, string SecretHash, DateTimeOffset At) : ISessionsEvent;

/// <summary>A session is over.</summary>
public sealed record SessionEnded(string UserId, Guid SessionId, SessionEnd Why, DateTimeOffset At) : ISessionsEvent;

/// <summary>Why a session is over.</summary>
[JsonConverter(typeof(WireEnumConverter<SessionEnd>))]
public enum SessionEnd
{
    /// <summary>Its holder logged out.</summary>
    LoggedOut,

    /// <summary>The user ended it.</summary>
    Revoked,

    /// <summary>An old refresh token came in, so somebody else may have the new one.</summary>
    Reused,

    /// <summary>Its wallet was disconnected.</summary>
    Disconnected,

    /// <summary>The user opened more sessions than may be.</summary>
    Crowded,

    /// <summary>The user's account was given up.</summary>
    Deleted,
}

/// <summary>A session as its user sees it.</summary>
/// <param name="Id">The session.</param>
/// <param name="Address">The wallet it was opened with.</param>
/// <param name="StartedAt">When.</param>
/// <param name="UsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">The instant from which its refresh token no longer holds.</param>
public sealed record SessionView(Guid Id, string Address, DateTimeOffset StartedAt, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt) : IReply;

/// <summary>The sessions of a user that hold.</summary>
public sealed record SessionsView(IReadOnlyList<SessionView> Items) : IReply;
