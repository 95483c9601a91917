using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>A command to the audit log.</summary>
public interface IAuditCommand : ICommand;

/// <summary>Records an action; answered with <see cref="AuditReceipt"/>. Its command id is that of the action.</summary>
public sealed record RecordAction(AuditedAction Action) : IAuditCommand;

/// <summary>Asks for the newest entry; answered with <see cref="AuditReceipt"/>.</summary>
public sealed record GetAuditHead : IQuery;

/// <summary>What happens to the audit log: it only ever grows.</summary>
public interface IAuditEvent : IEvent;

/// <summary>An action was recorded.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Action">What was done.</param>
/// <param name="RecordedAt">When it was recorded; never before the entry in front.</param>
/// <param name="PreviousHash">The hash of the entry in front; zeros for the first.</param>
/// <param name="Hash">See <see cref="AuditHash"/>; 64 hexadecimal digits.</param>
public sealed record ActionRecorded(long Number, AuditedAction Action, DateTimeOffset RecordedAt, string PreviousHash, string Hash) : IAuditEvent;

/// <summary>An entry by its number and hash. Whoever keeps one elsewhere can tell later whether anything up to it was changed.</summary>
/// <param name="Number">0 before the first.</param>
/// <param name="Hash">64 hexadecimal digits.</param>
public sealed record AuditReceipt(long Number, string Hash) : IReply;
