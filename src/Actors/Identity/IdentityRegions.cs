using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Identity;

/// <summary>Where the entities of the capability live.</summary>
public static class IdentityRegions
{
    /// <summary>The list of sign-outs, of which a cluster has one.</summary>
    public static readonly EntityAddress SignOuts = new(Names.Regions.SignOuts, "all");
}
