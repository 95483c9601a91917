using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace WildNOut.Actors.Engine.Clustering;

/// <summary>The node's doors to all shard regions: the regions it hosts and the proxies of those it does not.</summary>
public sealed class ShardRegions
{
    private readonly ConcurrentDictionary<string, IActorRef> _regions = new(StringComparer.Ordinal);

    /// <summary>The region of this name.</summary>
    /// <exception cref="InvalidOperationException">The node has no such region.</exception>
    public IActorRef this[string region] => _regions.TryGetValue(region, out var found)
        ? found
        : throw new InvalidOperationException($"This node knows no shard region '{region}'.");

    /// <summary>Finds a region that has started.</summary>
    public bool TryGet(string region, [NotNullWhen(true)] out IActorRef? door) => _regions.TryGetValue(region, out door);

    /// <summary>Adds a region or a proxy when it has started.</summary>
    public void Add(string region, IActorRef door) => _regions[region] = door;

    /// <summary>Sends one message to an entity, without waiting for anything.</summary>
    public void Tell(EntityAddress to, IMessage message) => this[to.Region].Tell(new Envelope(to.EntityId, message), ActorRefs.NoSender);
}
