using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace WildNOut.Testing;

/// <summary>
/// A PostgreSQL server for tests, with fsync and synchronous_commit on: a private one on a free loopback port in a folder of its own, or
/// the running one that <c>WILDNOUT_TEST_POSTGRES</c> names (the postgresql:// address of a superuser).
/// </summary>
/// <remarks>A private server does not outlive the process that started it, however that ends.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable that names a running server.</summary>
    public const string Variable = "WILDNOUT_TEST_POSTGRES";

    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(async () =>
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address)
        {
            var url = new Uri(address);
            return new PostgresServer(null, url.Host, url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port, url.UserInfo);
        }

        return await StartNewAsync();
    });

    private readonly string? _folder;
    private readonly string _host;
    private readonly string _userInfo;
    private Process? _keeper;

    private PostgresServer(string? folder, string host, int port, string userInfo)
    {
        _folder = folder;
        _host = host;
        Port = port;
        _userInfo = userInfo;
    }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    /// <summary>The process id of the private server's postmaster.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(_folder ?? throw new InvalidOperationException($"{Variable} names a server that the tests do not own."), "data");

    /// <summary>The server that all tests of this process share; nobody stops or disposes it.</summary>
    public static Task<PostgresServer> Shared() => SharedServer.Value;

    /// <summary>Starts a private server.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"wildnout-pg-{Guid.NewGuid():N}"[..24]);
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            await Commands.Run("chown", "postgres", folder);
        }

        var server = new PostgresServer(folder, "127.0.0.1", FreePort(), "postgres");
        await Run("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale");
        server._keeper = server.Keep();
        await server.Start();
        return server;
    }

    /// <summary>Starts the private server again after <see cref="Stop"/>, on the same port with the same data.</summary>
    public Task Start() => Run("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder!, "log"), "-o", Options, "start");

    /// <summary>Stops the private server: in order, or as a crash would with <paramref name="immediate"/>.</summary>
    public Task Stop(bool immediate = false) => Run("pg_ctl", "-D", Data, "-w", "-m", immediate ? "immediate" : "fast", "stop");

    /// <summary>Stops and starts the private server.</summary>
    public async Task Restart(bool immediate = false)
    {
        await Stop(immediate);
        await Start();
    }

    /// <summary>Makes an empty database and gives its postgresql:// address.</summary>
    public async Task<string> CreateDatabase(string name)
    {
        await Execute($"""CREATE DATABASE "{name}" TEMPLATE template0""");
        return $"postgresql://{_userInfo}@{_host}:{Port}/{name}";
    }

    /// <summary>Removes a database, with whoever is connected to it.</summary>
    public Task DropDatabase(string name) => Execute($"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)""");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_keeper is { } keeper)
        {
            keeper.StandardInput.Close();
            await keeper.WaitForExitAsync();
            keeper.Dispose();
            _keeper = null;
        }

        if (_folder is not null && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Options =>
        $"-p {Port} -h 127.0.0.1 -k {_folder} -c fsync=on -c synchronous_commit=on -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=4GB";

    private static string Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .First(folder => File.Exists(Path.Combine(folder, "initdb")))
        : throw new InvalidOperationException($"No PostgreSQL under /usr/lib/postgresql: install one or set {Variable}.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task Run(string program, params string[] arguments) => Commands.RunAsPostgres(Path.Combine(Binaries, program), arguments);

    /// <summary>A process that waits for the end of its input, which comes with our own end at the latest, and then takes the server down.</summary>
    private Process Keep() => Commands.Open(
        "sh",
        ["-c", "cat >/dev/null; \"$1/pg_ctl\" -D \"$2/data\" -m immediate stop >/dev/null 2>&1; rm -rf \"$2\"", "keep", Binaries, _folder!],
        asPostgres: true);

    private async Task Execute(string sql)
    {
        var parts = _userInfo.Split(':', 2);
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = _host,
            Port = Port,
            Username = Uri.UnescapeDataString(parts[0]),
            Password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null,
            Database = "postgres",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
