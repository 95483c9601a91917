namespace WildNOut.Actors.Engine.Journal;

/// <summary>
/// One journal row: everything an entity decided while its previous write was under way. An event's identity is
/// (persistence id, sequence number of the row, index in <see cref="Events"/>).
/// </summary>
public sealed record EventBatch(IReadOnlyList<RecordedEvent> Events) : IMessage;

/// <summary>An event and the command that caused it.</summary>
/// <param name="Event">The fact.</param>
/// <param name="CommandId">The id of the command, when it had one that the entity must recognise again. Events of one command stand side by side.</param>
/// <param name="Fingerprint">The digest that came with the command id.</param>
public readonly record struct RecordedEvent(IEvent Event, string? CommandId = null, string? Fingerprint = null);

/// <summary>A snapshot row: the state, and the outcomes that the entity remembers.</summary>
public sealed record EntitySnapshot(ISnapshot State, IReadOnlyList<RememberedOutcome> Remembered) : IMessage;

/// <summary>The outcome of a command with an id.</summary>
public sealed record RememberedOutcome(string CommandId, string? Fingerprint, IReply Reply);
