namespace WildNOut.Actors.Engine;

/// <summary>Where an entity lives: its shard region and its id within it.</summary>
/// <param name="Region">One of <see cref="Clustering.Names.Regions"/>.</param>
/// <param name="EntityId">The id inside the region.</param>
public readonly record struct EntityAddress(string Region, string EntityId)
{
    /// <summary>The journal's key of this entity: region, colon, id. Never change the form.</summary>
    public string PersistenceId => $"{Region}:{EntityId}";
}
