using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>What the audit log says to a command: it refuses nothing.</summary>
public static class AuditDecider
{
    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IAuditEvent> Decide(AuditState state, IAuditCommand command, DateTimeOffset now) => command switch
    {
        RecordAction record => Decision<IAuditEvent>.Accept(Append(state, record.Action, now > state.LastAt ? now : state.LastAt)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "The audit log does not know this command."),
    };

    private static ActionRecorded Append(AuditState state, AuditedAction action, DateTimeOffset at) =>
        new(state.Number + 1, action, at, state.Hash, AuditHash.Of(state.Hash, state.Number + 1, at, action));
}
