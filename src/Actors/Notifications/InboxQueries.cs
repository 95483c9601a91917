using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>Asks how many are unread; answered with <see cref="UnreadCount"/>.</summary>
public sealed record GetUnread : IQuery;

/// <summary>Asks what is wanted; answered with <see cref="InboxPreferences"/>.</summary>
public sealed record GetPreferences : IQuery;

/// <summary>How many notifications are there and unread.</summary>
public sealed record UnreadCount(int Unread) : IReply;

/// <summary>The kinds that are switched off, in the order of their declaration.</summary>
public sealed record InboxPreferences(IReadOnlyList<NotificationKind> Off) : IReply;

/// <summary>A notification as its user sees it.</summary>
/// <param name="Title">One sentence.</param>
/// <param name="Data">The same for programs.</param>
/// <param name="CreatedAt">When that happened of which it tells.</param>
/// <param name="ReadAt">When it was read; null while it is unread.</param>
public sealed record NotificationView(
    Guid Id, NotificationKind Kind, string Title, NotificationData Data, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);
