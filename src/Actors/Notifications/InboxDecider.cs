using System.Security.Cryptography;
using System.Text;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>What an inbox says to a command: whatever comes twice is kept once.</summary>
public static class InboxDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IInboxEvent> Decide(InboxState state, IInboxCommand command, DateTimeOffset now)
    {
        // After a failover to a node whose clock is behind, time must not go back: what has expired stays expired.
        var at = now > state.LastAt ? now : state.LastAt;
        return command switch
        {
            Notify notify => Take(state, notify, at),
            MarkRead read => Read(state, read, at),
            MarkAllRead => state.UnreadAt(at) == 0 ? Unchanged(state, at) : Decision<IInboxEvent>.Accept(new AllNotificationsRead(state.UserId, at)),
            SetPreferences set => Prefer(state, set, at),
            EmptyInbox => Changed(state, new NotificationsLetGo(state.UserId, at, at)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An inbox does not know this command."),
        };
    }

    /// <summary>The id of a notification to a user, the same for the same words: a UUIDv8, first half of a SHA-256.</summary>
    public static Guid IdOf(string userId, string once)
    {
        // The length in front keeps ("ab","c") apart from ("a","bc").
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{userId.Length}:{userId}{once}")), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }

    private static Decision<IInboxEvent> Take(InboxState state, Notify notify, DateTimeOffset at)
    {
        var id = IdOf(state.UserId, notify.Once);
        if (state.Off.Contains(notify.Kind) || notify.CreatedAt <= state.FloorAt(at) || state.Kept.ContainsKey(id))
        {
            return Unchanged(state, at);
        }

        var added = new NotificationAdded(state.UserId, id, notify.Kind, notify.Title, notify.Data, notify.CreatedAt, at);
        var after = state.Evolve(added);
        return after.Kept.Count < InboxState.MostKept + InboxState.Slack ? Changed(state, added) : Changed(state, added, MakeRoom(after, at));
    }

    private static NotificationsLetGo MakeRoom(InboxState full, DateTimeOffset at) => new(
        full.UserId,
        full.Kept.Values.Select(kept => kept.CreatedAt).Order().ElementAt(full.Kept.Count - InboxState.MostKept - 1),
        at);

    private static Decision<IInboxEvent> Read(InboxState state, MarkRead read, DateTimeOffset at)
    {
        var floor = state.FloorAt(at);
        var unread = read.Ids.Distinct().Where(id => state.Kept.TryGetValue(id, out var kept) && !kept.Read && kept.CreatedAt > floor).ToArray();
        return unread.Length == 0 ? Unchanged(state, at) : Decision<IInboxEvent>.Accept(new NotificationsRead(state.UserId, unread, at));
    }

    private static Decision<IInboxEvent> Prefer(InboxState state, SetPreferences set, DateTimeOffset at)
    {
        NotificationKind[] off = [.. set.Off.Distinct().Order()];
        return off.SequenceEqual(state.Off)
            ? Decision<IInboxEvent>.Answer(new InboxPreferences(state.Off))
            : Decision<IInboxEvent>.Answer(new InboxPreferences(off), new PreferencesSet(state.UserId, off, at));
    }

    private static Decision<IInboxEvent> Unchanged(InboxState state, DateTimeOffset at) => Decision<IInboxEvent>.Answer(new UnreadCount(state.UnreadAt(at)));

    /// <summary>Brings its reply along, so that the shell need not remember the command: the state itself knows what it has seen.</summary>
    private static Decision<IInboxEvent> Changed(InboxState state, params IReadOnlyList<IInboxEvent> events) =>
        Decision<IInboxEvent>.Answer(new UnreadCount(events.Aggregate(state, (next, happened) => next.Evolve(happened)).UnreadAt(events[^1].At)), events);
}
