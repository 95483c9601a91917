using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>The end of the chain; the entries themselves are in the journal and in the read model.</summary>
/// <param name="Number">How many entries there are.</param>
/// <param name="Hash">That of the newest.</param>
/// <param name="LastAt">When it was recorded.</param>
public sealed record AuditState(long Number, string Hash, DateTimeOffset LastAt) : ISnapshot
{
    /// <summary>Before the first entry.</summary>
    public static readonly AuditState Empty = new(0, AuditHash.Genesis, default);

    /// <summary>The state after an event, which says all there is to know.</summary>
    public static AuditState After(IAuditEvent @event) => @event switch
    {
        ActionRecorded e => new AuditState(e.Number, e.Hash, e.RecordedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "The audit log does not know this event."),
    };
}
