using System.Diagnostics;
using System.Globalization;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>The node's door to the database: the tables of the read model, and the journal's tables to read from.</summary>
public sealed partial class ReadModelDatabase : IAsyncDisposable
{
    /// <summary>
    /// The service key of the door through which the journal and the node's own errands go; the one without a key is that of requests, with few connections of its own:
    /// Npgsql takes them in turn, so that of many each is cold when its turn comes, and requests that come in a heap rather wait than fight for the processors.
    /// </summary>
    public const string OfTheNode = "node";

    /// <summary>The service key of the door of those who read the journal, each of whom keeps a connection: see <see cref="KeptConnection"/>.</summary>
    public const string OfTheReadSide = "read side";

    /// <summary>The service key of the door of searches: they may take a quarter of a second, for which no other request shall wait.</summary>
    public const string OfSearches = "searches";

    /// <summary>From how long on a query is logged as slow.</summary>
    public static readonly TimeSpan SlowQuery = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _log;
    private readonly DataOptions _options;

    /// <summary>Opens nothing yet; connections come from a pool on demand.</summary>
    /// <param name="url">As <see cref="DatabaseAddress.Parse"/> takes it.</param>
    /// <param name="poolSize">The most connections.</param>
    /// <param name="log">Hears of slow queries.</param>
    /// <param name="purpose">As <see cref="DatabaseAddress.Parse"/> takes it.</param>
    public ReadModelDatabase(string url, int poolSize, ILogger<ReadModelDatabase> log, string? purpose = null)
    {
        _log = log;
        Address = DatabaseAddress.Parse(url, poolSize, purpose);
        _options = PersistenceOptions.UseTracing(TraceLevel.Info, ReportSlow).UseMappingSchema(Schema());
        // The first connection leaves the combined mapping schema in the options, in several steps that a second must not watch.
        Open().Dispose();
    }

    /// <summary>Where the database is.</summary>
    public DatabaseAddress Address { get; }

    /// <summary>Which database it is.</summary>
    public DatabaseKind Kind => Address.Kind;

    /// <summary>The name by which linq2db and Akka.Persistence.Sql know the database.</summary>
    public string ProviderName => Kind == DatabaseKind.Postgres ? LinqToDB.ProviderName.PostgreSQL15 : LinqToDB.ProviderName.SQLiteMS;

    /// <summary>
    /// How to reach the database, for the journal plugin (DataOptionsSetup). SQLite runs with synchronous = FULL: in WAL mode NORMAL may lose
    /// acknowledged commits at a power failure.
    /// </summary>
    /// <remarks>
    /// linq2db keeps the mapping schema it combines for a connection string, and combines it anew for every connection that a factory makes: that
    /// alone was 7 % of what a vote allocates. Connections still come from one pool, which Npgsql keeps for each connection string.
    /// </remarks>
    public DataOptions PersistenceOptions => Kind == DatabaseKind.Postgres
        ? new DataOptions().UseProvider(ProviderName).UseConnectionString(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), Address.ConnectionString)
        : new DataOptions()
            .UseConnectionString(ProviderName, Address.ConnectionString)
            .UseAfterConnectionOpened(connection =>
            {
                using var pragmas = connection.CreateCommand();
                pragmas.CommandText = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full;";
                pragmas.ExecuteNonQuery();
            });

    /// <summary>A connection; dispose it to give it back.</summary>
    public DataConnection Open() => new(_options);

    /// <summary>Throws when the database does not answer.</summary>
    public async Task PingAsync(CancellationToken cancellation)
    {
        await using var database = Open();
        await database.ExecuteAsync<int>("select 1", cancellation);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (Kind == DatabaseKind.Postgres)
        {
            using var connection = new NpgsqlConnection(Address.ConnectionString);
            NpgsqlConnection.ClearPool(connection);
        }
        else
        {
            using var connection = new SqliteConnection(Address.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Ids are uuid on PostgreSQL and lower-case text on SQLite; exact quantities are numeric there and text here, whose numbers are not exact and end at 2^63.
    /// </summary>
    private MappingSchema Schema()
    {
        var schema = new MappingSchema($"wildnout-{Kind}");
        if (Kind == DatabaseKind.Sqlite)
        {
            schema.SetConverter<Guid, DataParameter>(id => new DataParameter(null, id.ToString("D"), DataType.VarChar));
            schema.SetValueToSqlConverter(typeof(Guid), (sql, _, id) => sql.Append('\'').Append(((Guid)id).ToString("D")).Append('\''));
            schema.SetConverter<string, Guid>(Guid.Parse);
            schema.SetConverter<decimal, DataParameter>(quantity => new DataParameter(null, Text(quantity), DataType.VarChar));
            schema.SetValueToSqlConverter(typeof(decimal), (sql, _, quantity) => sql.Append('\'').Append(Text((decimal)quantity)).Append('\''));
            schema.SetConverter<string, decimal>(text => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return schema;
    }

    private static string Text(decimal quantity) => quantity.ToString(CultureInfo.InvariantCulture);

    private void ReportSlow(TraceInfo trace)
    {
        if (trace is { TraceInfoStep: TraceInfoStep.AfterExecute, ExecutionTime: { } took } && took >= SlowQuery)
        {
            // What begins, commits or ends a connection's work has no text; then its name says what was slow.
            var text = trace.Command?.CommandText is { Length: > 0 } sql ? sql : trace.Operation.ToString();
            SlowQueryTook(_log, (long)took.TotalMilliseconds, text.Length > 1_000 ? text[..1_000] : text);
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Slow query, {Milliseconds} ms: {Sql}")]
    private static partial void SlowQueryTook(ILogger log, long milliseconds, string sql);
}
