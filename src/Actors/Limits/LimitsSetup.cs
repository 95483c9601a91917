using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Limits;

/// <summary>Limits that hold for the whole cluster: a few owners, spread over it, each of a part of all callers.</summary>
public sealed class LimitsSetup : Capability
{
    /// <summary>The number of owners. Nodes of one cluster must agree on it; nothing is kept by it.</summary>
    public const int Owners = 16;

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue) => catalogue
        .Add("limit.lease-permits.v1", LimitsJson.Default.LeasePermits)
        .Add("limit.permits-leased.v1", LimitsJson.Default.PermitsLeased)
        .Add("limit.recall-permits.v1", LimitsJson.Default.RecallPermits)
        .Add("limit.permits-recalled.v1", LimitsJson.Default.PermitsRecalled)
        .Add("limit.report-failures.v1", LimitsJson.Default.ReportFailures);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions =>
        [new(Names.Regions.Limits, Owners, (runtime, _) => QuotaOwner.Props(runtime.Clock), OneShardAnEntity: true)];
}
