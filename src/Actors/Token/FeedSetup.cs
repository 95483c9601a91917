using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Token;

/// <summary>The feed of the token's transactions.</summary>
public sealed class FeedSetup : Capability
{
    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions => [EntityRegion.Of(new FeedDefinition(), TimeSpan.FromMinutes(10))];

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new FeedProjection()];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = FeedJson.Default;
        catalogue
            .Add("token.record-blocks.v1", json.RecordBlocks)
            .Add("token.finalize-blocks.v1", json.FinalizeBlocks)
            .Add("token.withdraw-blocks.v1", json.WithdrawBlocks)
            .Add("token.reconcile-blocks.v1", json.ReconcileBlocks)
            .Add("token.blocks-recorded.v1", json.BlocksRecorded)
            .Add("token.blocks-finalized.v1", json.BlocksFinalized)
            .Add("token.blocks-withdrawn.v1", json.BlocksWithdrawn)
            .Add("token.feed-reconciled.v1", json.FeedReconciled)
            .Add("token.get-feed.v1", json.GetFeed)
            .Add("token.feed-tip.v1", json.FeedTip)
            .Add("token.ingest-observed.v1", json.IngestObserved)
            .Add("token.get-ingest.v1", json.GetIngest)
            .Add("token.ingest-view.v1", json.IngestView)
            .Add("token.feed-snapshot.v1", json.FeedSnapshot);
    }
}
