using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>What happens to a user's inbox. Instants never fall behind those of earlier events.</summary>
public interface IInboxEvent : IEvent
{
    /// <summary>The user.</summary>
    string UserId { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>A notification came in.</summary>
/// <param name="CreatedAt">When that happened of which it tells.</param>
public sealed record NotificationAdded(
    string UserId, Guid Id, NotificationKind Kind, string Title, NotificationData Data, DateTimeOffset CreatedAt, DateTimeOffset At) : IInboxEvent;

/// <summary>The user has read these, which were unread.</summary>
public sealed record NotificationsRead(string UserId, IReadOnlyList<Guid> Ids, DateTimeOffset At) : IInboxEvent;

/// <summary>The user has read everything.</summary>
public sealed record AllNotificationsRead(string UserId, DateTimeOffset At) : IInboxEvent;

/// <summary>Notifications from this instant and before are let go, and none so old comes in any more.</summary>
public sealed record NotificationsLetGo(string UserId, DateTimeOffset UpTo, DateTimeOffset At) : IInboxEvent;

/// <summary>The user does not want these kinds, and wants all others.</summary>
public sealed record PreferencesSet(string UserId, IReadOnlyList<NotificationKind> Off, DateTimeOffset At) : IInboxEvent;
