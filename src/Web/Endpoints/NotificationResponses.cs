using WildNOut.Actors.Engine;
using WildNOut.Actors.Notifications;

namespace WildNOut.Web.Endpoints;

/// <summary>How many notifications are unread.</summary>
public sealed record UnreadResponse(int Unread);

/// <summary>Which kinds of notifications are wanted.</summary>
/// <param name="Kinds">Every kind there is: true where it is on.</param>
public sealed record PreferencesResponse(IReadOnlyDictionary<string, bool> Kinds)
{
    /// <summary>Preferences as clients see them.</summary>
    public static PreferencesResponse Of(InboxPreferences preferences) => new(
        Enum.GetValues<NotificationKind>().ToDictionary(WireEnum<NotificationKind>.Name, kind => !preferences.Off.Contains(kind), StringComparer.Ordinal));
}
