using Akka.Cluster.Sharding;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>Finds the entity and the shard of an <see cref="Envelope"/>. The entity gets the envelope itself, for its command id.</summary>
/// <param name="region">Whose messages these are.</param>
public sealed class EnvelopeExtractor(EntityRegion region) : HashCodeMessageExtractor(region.Shards)
{
    /// <inheritdoc />
    public override string? EntityId(object message) => (message as Envelope)?.EntityId;

    /// <inheritdoc />
    public override string ShardId(string entityId, object? messageHint = null) =>
        region.OneShardAnEntity ? entityId : base.ShardId(entityId, messageHint);
}
