using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>A command to a user's inbox. All but <see cref="SetPreferences"/> are answered with <see cref="UnreadCount"/>.</summary>
public interface IInboxCommand : ICommand;

/// <summary>Puts a notification into the inbox, once, unless its kind is switched off or it is too old to be kept.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Once">What it is about, the same for every repeat: the same words are kept once.</param>
/// <param name="Title">One sentence for people.</param>
/// <param name="Data">The same for programs.</param>
/// <param name="CreatedAt">When it happened.</param>
public sealed record Notify(NotificationKind Kind, string Once, string Title, NotificationData Data, DateTimeOffset CreatedAt) : IInboxCommand;

/// <summary>Marks some as read; those that are read already or gone stay so.</summary>
public sealed record MarkRead(IReadOnlyList<Guid> Ids) : IInboxCommand;

/// <summary>Marks everything that is there as read.</summary>
public sealed record MarkAllRead : IInboxCommand;

/// <summary>Says which kinds are not wanted; answered with <see cref="InboxPreferences"/>. What is there already stays.</summary>
/// <param name="Off">The kinds that are switched off; all others are on.</param>
public sealed record SetPreferences(IReadOnlyList<NotificationKind> Off) : IInboxCommand;

/// <summary>Lets everything go, because the user has left.</summary>
public sealed record EmptyInbox : IInboxCommand;
