using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Audit;

/// <summary>The capability of the audit log.</summary>
public sealed class AuditSetup : Capability
{
    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions => [EntityRegion.Of(new AuditDefinition())];

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new AuditProjection()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = AuditJson.Default;
        catalogue
            .Add("audit.record.v1", json.RecordAction)
            .Add("audit.action-recorded.v1", json.ActionRecorded)
            .Add("audit.get-head.v1", json.GetAuditHead)
            .Add("audit.receipt.v1", json.AuditReceipt)
            .Add("audit.snapshot.v1", json.AuditState);
    }
}
