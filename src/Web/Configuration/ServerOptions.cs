using System.Net;
using WildNOut.Actors;
using WildNOut.Chain;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Configuration;

/// <summary>Everything the environment says about a node, read and judged once at start by <see cref="ServerOptionsReader"/>.</summary>
public sealed record ServerOptions
{
    /// <summary>The secret that stands in for <c>JWT_SECRET</c> in Development only.</summary>
    public const string DevelopmentSecret = "wild-n-out-development-secret-not-for-production";

    /// <summary>Whether the node runs in the Development environment.</summary>
    public required bool Development { get; init; }

    /// <summary>The address REST and SignalR listen on (<c>HOST</c>).</summary>
    public required IPAddress Host { get; init; }

    /// <summary>The TCP port of REST and SignalR (<c>PORT</c>); 0 lets the system choose.</summary>
    public required int Port { get; init; }

    /// <summary>The path all REST routes begin with (<c>API_PREFIX</c>): a slash and no slash at the end, or empty.</summary>
    public required string ApiPrefix { get; init; }

    /// <summary><c>postgresql://…</c> or <c>sqlite:path</c> (<c>DATABASE_URL</c>).</summary>
    public required string DatabaseUrl { get; init; }

    /// <summary>The most connections of the journal and the node's own errands to the database (<c>DB_POOL_SIZE</c>).</summary>
    public required int DatabasePoolSize { get; init; }

    /// <summary>The most connections to the database through which requests read, and as many again for searches (<c>DB_READ_POOL_SIZE</c>).</summary>
    public required int DatabaseReadPoolSize { get; init; }

    /// <summary>The number of ballot boxes, a constant of the deployment (<c>BALLOT_BOXES</c>).</summary>
    public required int BallotBoxes { get; init; }

    /// <summary>The key of the platform's own tokens (<c>JWT_SECRET</c>).</summary>
    public required string JwtSecret { get; init; }

    /// <summary>How long an issued token holds (<c>JWT_EXPIRES_IN</c>).</summary>
    public required TimeSpan JwtLifetime { get; init; }

    /// <summary>
    /// The address under which people know the site (<c>PUBLIC_URL</c>): wallets are asked to sign for its host. Null outside Development where it is not set: then there are
    /// no wallet routes, because a message that names no certain site protects nobody.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How those who sign in with Clerk are known; null where nobody does.</summary>
    public ClerkOptions? Clerk { get; init; }

    /// <summary>Origins that browsers may call from (<c>CORS_ORIGIN</c>); <c>*</c> for any, none for the same origin only.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary>Networks whose <c>X-Forwarded-*</c> headers are believed (<c>TRUSTED_PROXIES</c>).</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>How much a caller may ask (<c>RATE_LIMIT_MAX</c> and others).</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>The least level that is logged (<c>LOG_LEVEL</c>): verbose, debug, information, warning, error or fatal.</summary>
    public required string LogLevel { get; init; }

    /// <summary>Whether demo battles and bots run (<c>DEMO</c>).</summary>
    public required bool Demo { get; init; }

    /// <summary>The name other nodes reach this one by (<c>CLUSTER_HOSTNAME</c>).</summary>
    public required string ClusterHostname { get; init; }

    /// <summary>The TCP port of the cluster (<c>CLUSTER_PORT</c>); 0 lets the system choose.</summary>
    public required int ClusterPort { get; init; }

    /// <summary>Nodes to join through, as <c>host:port</c> (<c>CLUSTER_SEEDS</c>); empty for a node that forms a cluster alone.</summary>
    public required IReadOnlyList<string> ClusterSeeds { get; init; }

    /// <summary>What the node does (<c>CLUSTER_ROLES</c>).</summary>
    public required IReadOnlyList<string> ClusterRoles { get; init; }

    /// <summary>The text of the HOCON file that overrides the rest (<c>WILDNOUT_HOCON</c>).</summary>
    public string? ExtraHocon { get; init; }

    /// <summary>How long the gateway waits for an entity (<c>ASK_TIMEOUT</c>); default 5 s.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the node is told about the chain; null when there is nothing to do with one.</summary>
    public ChainOptions? Chain { get; init; }

    /// <summary>The chain that sign-in messages name (<c>SOLANA_CHAIN_ID</c>): mainnet, testnet, devnet or localnet.</summary>
    public required string ChainId { get; init; }

    /// <summary>What the actor system is told.</summary>
    public NodeOptions ToNode() => new()
    {
        DatabaseUrl = DatabaseUrl,
        DatabasePoolSize = DatabasePoolSize,
        DatabaseReadPoolSize = DatabaseReadPoolSize,
        BallotBoxes = BallotBoxes,
        Roles = ClusterRoles,
        Hostname = ClusterHostname,
        Port = ClusterPort,
        Seeds = ClusterSeeds,
        ExtraHocon = ExtraHocon,
    };

    /// <summary>Whether the database is an SQLite file, which one process owns alone.</summary>
    public bool Sqlite => DatabaseUrl.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase);
}
