using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Operations;

/// <summary>How a part is.</summary>
[JsonConverter(typeof(WireEnumConverter<HealthState>))]
public enum HealthState
{
    /// <summary>As it should be.</summary>
    Healthy,

    /// <summary>Serves, but not as it should.</summary>
    Degraded,

    /// <summary>Does not serve.</summary>
    Unhealthy,
}

/// <summary>One part of the node.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Message">Why it is not healthy.</param>
public sealed record HealthPart(HealthState Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);

/// <summary>The node's health.</summary>
/// <param name="Status">The worst of the parts.</param>
/// <param name="Parts">Database, journal, cluster and, where there is one, chain.</param>
/// <param name="CheckedAt">When.</param>
public sealed record HealthResponse(HealthState Status, IReadOnlyDictionary<string, HealthPart> Parts, DateTimeOffset CheckedAt);

/// <summary>More about the node, for admins.</summary>
/// <param name="Health">How it is.</param>
/// <param name="Version">The version of the code.</param>
/// <param name="Uptime">Since when it runs.</param>
/// <param name="Members">The cluster.</param>
/// <param name="Process">What the process uses.</param>
/// <param name="Chain">The chain; absent where there is none.</param>
public sealed record HealthDetails(
    HealthResponse Health,
    string Version,
    TimeSpan Uptime,
    IReadOnlyList<MemberDetails> Members,
    ProcessDetails Process,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChainDetails? Chain);

/// <summary>A node of the cluster as this one sees it.</summary>
public sealed record MemberDetails(string Address, string Status, bool Reachable, IReadOnlyCollection<string> Roles);

/// <summary>What the process uses.</summary>
/// <param name="HeapBytes">Managed memory in use.</param>
/// <param name="WorkingSetBytes">Memory of the process.</param>
/// <param name="Threads">Threads of the pool.</param>
/// <param name="QueuedWork">Work that waits for a thread.</param>
/// <param name="Collections">Garbage collections by generation.</param>
public sealed record ProcessDetails(long HeapBytes, long WorkingSetBytes, int Threads, long QueuedWork, IReadOnlyList<int> Collections);
