using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Audit;

/// <summary>Where the audit log lives.</summary>
public static class AuditLog
{
    /// <summary>The only one.</summary>
    public static readonly EntityAddress Address = new(Names.Regions.Audit, "log");
}
