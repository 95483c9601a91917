using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Notifications;

/// <summary>Pages of inboxes out of the read model. They follow the entities within a second.</summary>
public sealed class InboxListings(ReadModelDatabase database, TimeProvider clock)
{
    private const string Order = "notifications";

    /// <summary>A page of a user's notifications, newest first; null when the cursor is damaged or belongs to another list.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="unread">Only those that are unread, or only those that are read; null for all.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to <see cref="Keyset.MaxLimit"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Page<NotificationView>?> PageAsync(string userId, bool? unread, string? cursor, int limit, CancellationToken cancellation = default)
    {
        var place = cursor is null ? null : Keyset.Decode(Order, cursor);
        if (cursor is not null && place is null)
        {
            return null;
        }

        var floor = (clock.GetUtcNow() - InboxState.Retention).ToUnixTimeMilliseconds();
        await using var connection = database.Open();
        var rows = connection.GetTable<NotificationRow>().Where(row => row.UserId == userId && row.CreatedAt > floor);
        if (unread is { } wanted)
        {
            rows = wanted ? rows.Where(row => row.ReadAt == null) : rows.Where(row => row.ReadAt != null);
        }

        var found = await rows.After(row => row.CreatedAt, row => row.Id, true, place, limit).ToListAsync(cancellation);
        return found.ToPage(limit, View, Order, row => row.CreatedAt, row => row.Id);
    }

    private static NotificationView View(NotificationRow row) => new(
        row.Id,
        WireEnum<NotificationKind>.TryParse(row.Kind, out var kind) ? kind : throw new InvalidDataException($"'{row.Kind}' is no kind of notification."),
        row.Title,
        JsonSerializer.Deserialize(row.Data, NotificationsJson.Default.NotificationData)!,
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        row.ReadAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
}
