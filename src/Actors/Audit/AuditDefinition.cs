using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Audit;

/// <summary>The audit log: one entity, because a chain has one end. What comes in together is written together.</summary>
public sealed class AuditDefinition : EntityDefinition<AuditState, IAuditCommand, IAuditEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Audit;

    /// <summary>Long enough for whoever did not hear the answer and asks again.</summary>
    public override int RememberedCommands => 500;

    /// <inheritdoc />
    public override int SnapshotAfter => 500;

    /// <inheritdoc />
    public override AuditState Empty(string entityId) => AuditState.Empty;

    /// <inheritdoc />
    public override Decision<IAuditEvent> Decide(AuditState state, IAuditCommand command, DateTimeOffset now) => AuditDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override AuditState Evolve(AuditState state, IAuditEvent @event) => AuditState.After(@event);

    /// <inheritdoc />
    public override IReply Answer(AuditState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetAuditHead => new AuditReceipt(state.Number, state.Hash),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The audit log does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(AuditState state, IReadOnlyList<IAuditEvent> events) => new AuditReceipt(state.Number, state.Hash);

    /// <inheritdoc />
    public override ISnapshot Freeze(AuditState state) => state;

    /// <inheritdoc />
    public override AuditState Thaw(string entityId, ISnapshot snapshot) => (AuditState)snapshot;
}
