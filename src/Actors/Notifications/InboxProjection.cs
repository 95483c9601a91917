using System.Text.Json;
using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Notifications;

/// <summary>Keeps notifications in the read model. What comes in one after the other goes in one bulk write, as when a battle ends.</summary>
public sealed class InboxProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "inbox";

    private const int AtOnce = 500;

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override Task ResetAsync(DataConnection database, CancellationToken cancellation) => database.ExecuteAsync("delete from notifications", cancellation);

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        Dictionary<Guid, NotificationRow> added = [];
        foreach (var happened in events)
        {
            if (happened.Event is NotificationAdded e)
            {
                added[e.Id] = RowOf(e);
            }
            else if (happened.Event is IInboxEvent other)
            {
                await InsertAsync(database, added, cancellation);
                await ChangeAsync(database, other, cancellation);
            }
        }

        await InsertAsync(database, added, cancellation);
    }

    private static Task<int> ChangeAsync(DataConnection database, IInboxEvent @event, CancellationToken cancellation)
    {
        var rows = database.GetTable<NotificationRow>().Where(row => row.UserId == @event.UserId);
        var at = @event.At.ToUnixTimeMilliseconds();
        return @event switch
        {
            NotificationsRead { Ids: var ids } =>
                database.Among((NotificationRow row) => row.Id, [.. ids]).Where(row => row.UserId == @event.UserId && row.ReadAt == null).Set(row => row.ReadAt, at).UpdateAsync(cancellation),
            AllNotificationsRead => rows.Where(row => row.ReadAt == null).Set(row => row.ReadAt, at).UpdateAsync(cancellation),
            NotificationsLetGo { UpTo: var upTo } => rows.Where(row => row.CreatedAt <= upTo.ToUnixTimeMilliseconds()).DeleteAsync(cancellation),
            _ => Task.FromResult(0),
        };
    }

    /// <summary>One that has expired and happens again may meet its old row.</summary>
    private static async Task InsertAsync(DataConnection database, Dictionary<Guid, NotificationRow> added, CancellationToken cancellation)
    {
        foreach (var some in added.Values.Chunk(AtOnce))
        {
            var ids = some.Select(row => row.Id).ToArray();
            await database.Among((NotificationRow row) => row.Id, ids).DeleteAsync(cancellation);
            await database.InsertAllAsync(some, cancellation);
        }

        added.Clear();
    }

    private static NotificationRow RowOf(NotificationAdded e) => new()
    {
        Id = e.Id,
        UserId = e.UserId,
        Kind = WireEnum<NotificationKind>.Name(e.Kind),
        Title = e.Title,
        Data = JsonSerializer.Serialize(e.Data, NotificationsJson.Default.NotificationData),
        CreatedAt = e.CreatedAt.ToUnixTimeMilliseconds(),
    };
}
