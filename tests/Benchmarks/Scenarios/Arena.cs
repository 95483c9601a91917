using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using WildNOut.Benchmarks.Load;
using WildNOut.Testing;
using WildNOut.Testing.Nodes;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>What is measured: one server in its Release build, as in production, on a PostgreSQL of its own with fsync and synchronous_commit on.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private static readonly TimeSpan EntrantsPatience = TimeSpan.FromSeconds(120);

    private readonly PostgresServer? _postgres;
    private readonly NodeProcess? _node;
    private readonly HttpClient _http = new();
    private int _crowds;

    private Arena(PostgresServer? postgres, NodeProcess? node, string? databaseUrl, Uri url, string secret, int? serverProcessId)
    {
        _postgres = postgres;
        _node = node;
        Url = url;
        DatabaseUrl = databaseUrl;
        Secret = secret;
        Tokens = new AccessTokens(secret);
        Client = new ArenaClient(Tokens, TimeSpan.FromSeconds(30));
        Database = databaseUrl is null ? null : NpgsqlDataSource.Create(Connection(databaseUrl));
        Meter = new CpuMeter(serverProcessId ?? node?.ProcessId, postgres?.ProcessId);
    }

    /// <summary>The server.</summary>
    public Uri Url { get; }

    /// <summary>The server's database as in <c>DATABASE_URL</c>; null when the server is not ours.</summary>
    public string? DatabaseUrl { get; }

    /// <summary>The key of its tokens.</summary>
    public string Secret { get; }

    /// <summary>Makes tokens that the server accepts.</summary>
    public AccessTokens Tokens { get; }

    /// <summary>For all that is not measured.</summary>
    public ArenaClient Client { get; }

    /// <summary>The server's database; null when the server is not ours.</summary>
    public NpgsqlDataSource? Database { get; }

    /// <summary>Reads who uses the processor.</summary>
    public CpuMeter Meter { get; }

    /// <summary>The process of the database; null when it is not ours.</summary>
    public int? DatabaseProcessId => _postgres?.ProcessId;

    /// <summary>The server process; null when the server is not ours.</summary>
    public NodeProcess? Node => _node;

    /// <summary>Starts the database and the server.</summary>
    /// <param name="more">What the server is told beside the usual.</param>
    /// <param name="databaseUrl">A database that is there already; null starts one.</param>
    /// <param name="prepare">What is done with the database before the server starts.</param>
    public static async Task<Arena> Start(
        IReadOnlyDictionary<string, string>? more = null, string? databaseUrl = null, Func<string, Task>? prepare = null)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        var postgres = databaseUrl is null ? await PostgresServer.StartNewAsync() : null;
        var database = databaseUrl ?? await postgres!.CreateDatabase("arena");
        if (prepare is not null)
        {
            await prepare(database);
        }

        var node = new NodeProcess("bench", new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DATABASE_URL"] = database,
            ["JWT_SECRET"] = secret,
            ["DEMO"] = "off",
            ["LOG_LEVEL"] = "warning",

            // All reads come from one address: counted like any other, but never too many.
            ["RATE_LIMIT_MAX"] = "100000000",
        });
        foreach (var (variable, value) in more ?? new Dictionary<string, string>())
        {
            node.Configure(variable, value);
        }

        try
        {
            var took = await node.StartAndWait();
            Console.WriteLine($"The server was ready after {took.TotalSeconds:F1} s ({node.Url}, process {node.ProcessId}).");
            return new Arena(postgres, node, database, node.Url, secret, null);
        }
        catch
        {
            await node.DisposeAsync();
            if (postgres is not null)
            {
                await postgres.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>A server that runs already.</summary>
    public static Arena At(Uri url, string secret, int? serverProcessId) => new(null, null, null, url, secret, serverProcessId);

    /// <summary>The managed memory of the server in use, the dead that are not collected yet included.</summary>
    public async Task<long> HeapBytes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, "/health/details"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For("operator", "admin"));
        using var answer = await _http.SendAsync(request);
        using var details = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        return details.RootElement.GetProperty("process").GetProperty("heapBytes").GetInt64();
    }

    /// <summary>A name that no earlier crowd of voters had.</summary>
    public string NextCrowd() => $"c{Environment.ProcessId:D7}x{_crowds++:D3}";

    /// <summary>Battles that take votes.</summary>
    public async Task<IReadOnlyList<VotingBattle>> CreateBattles(int count, int entries)
    {
        var battles = new VotingBattle[count];
        var crowd = NextCrowd();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
            battles[number] = await Client.CreateVotingBattle(Url, $"{crowd}-host-{number}", entries));
        await EntrantsAreTold();
        return battles;
    }

    /// <summary>
    /// A checkpoint: what earlier work left in the memory of the database goes to the disk now, and not beside what is measured; and the log goes on in files
    /// that are there, as in a database that has run for a while, where each new one costs every commit some tens of milliseconds. The other side of it: pages
    /// go into the log as a whole when they change for the first time after it.
    /// </summary>
    public async Task RestAsync()
    {
        if (Database is null)
        {
            return;
        }

        await using var command = Database.CreateCommand("checkpoint");
        command.CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Thousands who enter within seconds become users, earn points and hear of it for a while; that is not what is measured.</summary>
    private async Task EntrantsAreTold()
    {
        if (Database is null)
        {
            return;
        }

        // What follows from what follows, too.
        for (var time = 0; time < 3; time++)
        {
            var mark = await Database.CreateCommand("select coalesce(max(ordering), 0) from journal").ExecuteScalarAsync();
            await using var behind = Database.CreateCommand("select count(*) from read_offsets where name in ('battle-deeds', 'user-notifications') and position < $1");
            behind.Parameters.Add(new NpgsqlParameter { Value = mark });
            for (var clock = Stopwatch.StartNew(); await behind.ExecuteScalarAsync() is > 0L && clock.Elapsed < EntrantsPatience;)
            {
                await Task.Delay(200);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        _http.Dispose();
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private static NpgsqlConnectionStringBuilder Connection(string url)
    {
        var connection = Postgres.Of(url);
        connection.NoResetOnClose = true;
        return connection;
    }
}
