using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors;

/// <summary>What one node of the cluster is told at its start.</summary>
public sealed record NodeOptions
{
    /// <summary><c>postgresql://…</c> or <c>sqlite:path</c>. SQLite is for one process only.</summary>
    public required string DatabaseUrl { get; init; }

    /// <summary>The most database connections of this node's journal and own errands, at least 5.</summary>
    public int DatabasePoolSize { get; init; } = 40;

    /// <summary>The most database connections through which this node's requests read, at least 2, and as many again for searches.</summary>
    public int DatabaseReadPoolSize { get; init; } = 2;

    /// <summary>What the node does; see <see cref="Names.Roles"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [Names.Roles.Web, Names.Roles.Entities, Names.Roles.Chain];

    /// <summary>The address under which the other nodes reach this one.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>The port for the other nodes; 0 picks a free one.</summary>
    public int Port { get; init; } = 8110;

    /// <summary>Nodes to join, as <c>host:port</c>; none to make a cluster of one's own.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>HOCON that overrides the files under <c>hocon/</c>.</summary>
    public string? ExtraHocon { get; init; }

    /// <summary>The number of ballot boxes, a constant of the deployment.</summary>
    public int BallotBoxes { get; init; } = Battles.BallotBoxes.DefaultCount;
}
