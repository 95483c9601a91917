using System.Collections.Immutable;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Notifications;

/// <summary>An inbox in a snapshot: ids and ages only, about 100 bytes for each notification.</summary>
/// <param name="Kept">By age.</param>
public sealed record InboxSnapshot(
    IReadOnlyList<KeptNotification> Kept, IReadOnlyList<NotificationKind> Off, DateTimeOffset LetGo, DateTimeOffset LastAt) : ISnapshot
{
    /// <summary>The snapshot of a state.</summary>
    public static InboxSnapshot Of(InboxState state) => new(
        [.. state.Kept.Values.OrderBy(kept => kept.CreatedAt).ThenBy(kept => kept.Id)], state.Off, state.LetGo, state.LastAt);

    /// <summary>The state of this snapshot.</summary>
    public InboxState ToState(string userId) => new(userId)
    {
        Kept = Kept.ToImmutableDictionary(kept => kept.Id),
        Off = [.. Off],
        LetGo = LetGo,
        LastAt = LastAt,
    };
}
