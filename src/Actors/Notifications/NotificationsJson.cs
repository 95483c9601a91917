using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>JSON contracts of the capability, for the journal, for the wire between nodes, for the read model and for subscribers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(Notify))]
[JsonSerializable(typeof(MarkRead))]
[JsonSerializable(typeof(MarkAllRead))]
[JsonSerializable(typeof(SetPreferences))]
[JsonSerializable(typeof(EmptyInbox))]
[JsonSerializable(typeof(NotificationAdded))]
[JsonSerializable(typeof(NotificationsRead))]
[JsonSerializable(typeof(AllNotificationsRead))]
[JsonSerializable(typeof(NotificationsLetGo))]
[JsonSerializable(typeof(PreferencesSet))]
[JsonSerializable(typeof(GetUnread))]
[JsonSerializable(typeof(GetPreferences))]
[JsonSerializable(typeof(UnreadCount))]
[JsonSerializable(typeof(InboxPreferences))]
[JsonSerializable(typeof(InboxSnapshot))]
[JsonSerializable(typeof(NotificationView))]
[JsonSerializable(typeof(NotificationNews))]
[JsonSerializable(typeof(ReadNews))]
public sealed partial class NotificationsJson : JsonSerializerContext;
