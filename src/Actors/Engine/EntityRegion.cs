using Akka.Actor;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Engine;

/// <summary>One shard region: its name, its sharding, and how an entity of it is made.</summary>
/// <param name="Name">One of <see cref="Names.Regions"/>.</param>
/// <param name="Shards">The number of shards; never change it.</param>
/// <param name="EntityProps">Makes an entity by its id.</param>
/// <param name="OneShardAnEntity">Whether each entity is a shard of its own (few, heavy entities), named by its id.</param>
/// <param name="PassivateAfter">Idle time after which an entity leaves memory; null for never.</param>
public sealed record EntityRegion(
    string Name,
    int Shards,
    Func<EntityRuntime, string, Props> EntityProps,
    bool OneShardAnEntity = false,
    TimeSpan? PassivateAfter = null)
{
    /// <summary>The region of a durable entity, with shards as usual.</summary>
    /// <param name="definition">The entity.</param>
    /// <param name="passivateAfter">Idle time after which an entity leaves memory; null for never.</param>
    public static EntityRegion Of<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition, TimeSpan? passivateAfter = null)
        where TState : notnull
        where TCommand : ICommand
        where TEvent : IEvent => new(
        definition.Region,
        Names.Shards.Default,
        (runtime, id) => EntityActor<TState, TCommand, TEvent>.Props(definition, id, runtime),
        PassivateAfter: passivateAfter);
}

/// <summary>What the shell needs from its node.</summary>
/// <param name="Regions">The doors to other entities.</param>
/// <param name="Clock">The node's time.</param>
/// <param name="Announce">Hands an announcement to its channel.</param>
public sealed record EntityRuntime(ShardRegions Regions, TimeProvider Clock, Action<Announcement> Announce);
