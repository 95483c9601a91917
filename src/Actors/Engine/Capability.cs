using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Engine;

/// <summary>Everything a capability brings to a node. The engine knows capabilities only through this.</summary>
public abstract class Capability
{
    /// <summary>Lists the capability's messages, events, replies and snapshots.</summary>
    public abstract void List(MessageCatalogue.Builder catalogue);

    /// <summary>The kinds of entities, each with its region.</summary>
    public virtual IEnumerable<EntityRegion> Regions => [];

    /// <summary>The read models.</summary>
    public virtual IEnumerable<Projection> Projections => [];

    /// <summary>What follows elsewhere from the events.</summary>
    public virtual IEnumerable<Policy> Policies => [];
}
