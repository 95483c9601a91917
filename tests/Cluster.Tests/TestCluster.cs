using System.Diagnostics;
using System.Security.Cryptography;
using WildNOut.Testing;
using WildNOut.Testing.Nodes;

namespace WildNOut.Cluster.Tests;

/// <summary>Three nodes on loopback over one PostgreSQL database, each a process of its own.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>The gateway gives up after 5 s; what is above that is the machine's slack, which is short of processors in tests.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(8);

    private readonly string _databaseName;

    private TestCluster(PostgresServer postgres, string databaseName, string databaseUrl, string secret, NodeProcess[] nodes)
    {
        _databaseName = databaseName;
        Postgres = postgres;
        DatabaseUrl = databaseUrl;
        Nodes = nodes;
        Tokens = new AccessTokens(secret);
        Client = new ArenaClient(Tokens, TimeSpan.FromSeconds(20));
    }

    /// <summary>The database server.</summary>
    public PostgresServer Postgres { get; }

    /// <summary>The database, as in <c>DATABASE_URL</c>.</summary>
    public string DatabaseUrl { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>Makes tokens that the nodes accept.</summary>
    public AccessTokens Tokens { get; }

    /// <summary>Calls the nodes.</summary>
    public ArenaClient Client { get; }

    /// <summary>Starts a cluster and waits until every node is ready.</summary>
    /// <param name="postgres">The database server; the shared one when null.</param>
    /// <param name="hocon">HOCON that overrides the nodes' own; null for none.</param>
    public static async Task<TestCluster> Start(PostgresServer? postgres = null, string? hocon = null)
    {
        postgres ??= await PostgresServer.Shared();
        var databaseName = $"cluster_{Guid.NewGuid():N}";
        var databaseUrl = await postgres.CreateDatabase(databaseName);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DATABASE_URL"] = databaseUrl,
            ["DB_POOL_SIZE"] = "20",
            ["JWT_SECRET"] = secret,
            ["DEMO"] = "off",
            ["LOG_LEVEL"] = "information",
        };
        NodeProcess[] nodes = [.. Enumerable.Range(0, 3).Select(number => new NodeProcess($"node{number}", environment))];
        foreach (var node in nodes)
        {
            if (hocon is not null)
            {
                var file = Path.Combine(node.Folder, "overrides.conf");
                await File.WriteAllTextAsync(file, hocon);
                node.Configure("WILDNOUT_HOCON", file);
            }

            node.Configure("CLUSTER_SEEDS", string.Join(',', nodes.Select(seed => $"127.0.0.1:{seed.ClusterPort}")));
        }

        var cluster = new TestCluster(postgres, databaseName, databaseUrl, secret, nodes);
        try
        {
            await cluster.StartAll();
            await cluster.WarmUp();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all nodes and waits until they are ready.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAll()
    {
        var clock = Stopwatch.StartNew();
        foreach (var node in Nodes)
        {
            node.Start();
        }

        await Task.WhenAll(Nodes.Select(node => node.Ready(TimeSpan.FromSeconds(60))));
        return clock.Elapsed;
    }

    /// <summary>Kills all nodes at once.</summary>
    public Task KillAll() => Task.WhenAll(Nodes.Select(node => node.Kill()));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Postgres.DropDatabase(_databaseName);
    }

    /// <summary>Uses every node once, so that what a test measures is not the first compilation of the code.</summary>
    private Task WarmUp() => Parallel.ForEachAsync(Nodes, async (node, _) =>
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var battle = await Client.CreateVotingBattle(node.Url, $"{node.Name}-{turn}", entries: 1);
            for (var voter = 0; voter < 16; voter++)
            {
                await Client.Vote(node.Url, battle.Id, battle.Entries[0], $"warm-{voter}");
            }
        }
    });
}
