using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine;

/// <summary>A message on its way to one entity through its shard region.</summary>
/// <param name="EntityId">The receiver's id inside the region.</param>
/// <param name="Message">A command, query or signal.</param>
/// <param name="CommandId">
/// What makes a repeat recognisable: derived from an <c>Idempotency-Key</c>, the event that caused the command, or the
/// transaction it came from. Null when the caller does not repeat itself.
/// </param>
/// <param name="Fingerprint">A digest of what was asked; the same id with another digest is refused.</param>
public sealed record Envelope(string EntityId, IMessage Message, string? CommandId = null, string? Fingerprint = null) : IMessage;

/// <summary>The reply to a command that was applied, durable by now.</summary>
/// <param name="Reply">What the entity's rules answer.</param>
/// <param name="SequenceNr">
/// The journal row, within the entity's persistence id, that holds everything the reply depends on; 0 when nothing was ever written.
/// </param>
public sealed record Done(IReply Reply, long SequenceNr) : IReply;

/// <summary>
/// No outcome: the entity stopped, its journal failed, or its queue was full. The command may or may not have been applied,
/// so the caller repeats it with the same command id.
/// </summary>
/// <param name="Reason">For logs.</param>
/// <param name="NothingDone">Whether the message certainly never reached the entity, so that anything may be sent again.</param>
public sealed record Unavailable(string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NothingDone = false) : IReply;
