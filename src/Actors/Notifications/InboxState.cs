using System.Collections.Immutable;

namespace WildNOut.Actors.Notifications;

/// <summary>What an inbox remembers of a notification; its words are in the read model.</summary>
/// <param name="Id">Made from what it is about, so that the same is known again.</param>
/// <param name="CreatedAt">Its age.</param>
/// <param name="Read">Whether the user has read it.</param>
public sealed record KeptNotification(Guid Id, DateTimeOffset CreatedAt, bool Read);

/// <summary>A user's inbox as its events made it.</summary>
public sealed record InboxState(string UserId)
{
    /// <summary>How long a notification is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>How many are kept when the oldest must make room.</summary>
    public const int MostKept = 1_000;

    /// <summary>How many more may gather before they must, so that this happens seldom.</summary>
    public const int Slack = 100;

    /// <summary>What is there, by id.</summary>
    public ImmutableDictionary<Guid, KeptNotification> Kept { get; init; } = ImmutableDictionary<Guid, KeptNotification>.Empty;

    /// <summary>The kinds that are switched off, in the order of their declaration.</summary>
    public ImmutableList<NotificationKind> Off { get; init; } = [];

    /// <summary>What is as old or older was let go.</summary>
    public DateTimeOffset LetGo { get; init; }

    /// <summary>The instant of the newest event.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>What is as old or older is not kept at an instant.</summary>
    public DateTimeOffset FloorAt(DateTimeOffset now)
    {
        var expired = now - Retention;
        return expired > LetGo ? expired : LetGo;
    }

    /// <summary>How many are unread at an instant.</summary>
    public int UnreadAt(DateTimeOffset now)
    {
        var floor = FloorAt(now);
        return Kept.Values.Count(kept => !kept.Read && kept.CreatedAt > floor);
    }

    /// <summary>The state after an event; what has expired by then leaves it.</summary>
    public InboxState Evolve(IInboxEvent @event)
    {
        var next = Apply(@event) with { LastAt = @event.At };
        var floor = next.FloorAt(@event.At);
        var gone = next.Kept.Values.Where(kept => kept.CreatedAt <= floor).Select(kept => kept.Id).ToList();
        return gone.Count == 0 ? next : next with { Kept = next.Kept.RemoveRange(gone) };
    }

    private InboxState Apply(IInboxEvent @event) => @event switch
    {
        NotificationAdded e => this with { Kept = Kept.SetItem(e.Id, new KeptNotification(e.Id, e.CreatedAt, false)) },
        NotificationsRead e => this with { Kept = Kept.SetItems(Read(e.Ids.Where(Kept.ContainsKey).Select(id => Kept[id]))) },
        AllNotificationsRead => this with { Kept = Kept.SetItems(Read(Kept.Values.Where(kept => !kept.Read))) },
        NotificationsLetGo e => this with { LetGo = e.UpTo },
        PreferencesSet e => this with { Off = [.. e.Off] },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "An inbox does not know this event."),
    };

    private static IEnumerable<KeyValuePair<Guid, KeptNotification>> Read(IEnumerable<KeptNotification> some) =>
        some.Select(kept => KeyValuePair.Create(kept.Id, kept with { Read = true }));
}
