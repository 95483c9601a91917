using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Notifications;

/// <summary>What a user is told of on the channel <c>user:{id}</c>.</summary>
internal static class InboxAnnouncements
{
    public static IEnumerable<Announcement> Of(InboxState state, IInboxEvent @event) => @event switch
    {
        NotificationAdded e => [Announcement.Of(
            ChannelOf(state), "notification", e.At, new NotificationNews(new(e.Id, e.Kind, e.Title, e.Data, e.CreatedAt, null), state.UnreadAt(e.At)), NotificationsJson.Default.NotificationNews)],
        NotificationsRead e => [Read(state, e, e.Ids)],
        AllNotificationsRead e => [Read(state, e, null)],
        _ => [],
    };

    private static Announcement Read(InboxState state, IInboxEvent @event, IReadOnlyList<Guid>? ids) =>
        Announcement.Of(ChannelOf(state), "notification.read", @event.At, new ReadNews(ids, state.UnreadAt(@event.At)), NotificationsJson.Default.ReadNews);

    private static string ChannelOf(InboxState state) => $"user:{state.UserId}";
}

/// <summary>The data of <c>notification</c>.</summary>
/// <param name="Notification">What came in.</param>
/// <param name="Unread">How many are unread with it.</param>
public sealed record NotificationNews(NotificationView Notification, int Unread);

/// <summary>The data of <c>notification.read</c>, for the user's other clients.</summary>
/// <param name="Ids">What was read; null for everything.</param>
/// <param name="Unread">How many are unread after it.</param>
public sealed record ReadNews(IReadOnlyList<Guid>? Ids, int Unread);
