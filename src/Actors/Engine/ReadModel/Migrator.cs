using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using WildNOut.Actors.Engine.ReadModel.Migrations;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>Brings the schema up to date. Nodes that start together take turns.</summary>
public static partial class Migrator
{
    private const long Lock = 0x57494C444E4F5554;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Applies the steps that the database lacks; does nothing when it has them all.</summary>
    /// <exception cref="InvalidOperationException">The database has steps that this version does not know.</exception>
    public static async Task RunAsync(ReadModelDatabase database, ILogger log, CancellationToken cancellation = default)
    {
        await using var turn = database.Kind == DatabaseKind.Sqlite
            ? await FileTurn(database.Address.Name + ".migrating", cancellation)
            : await PostgresTurn(database, cancellation);
        await using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => (database.Kind == DatabaseKind.Postgres ? runner.AddPostgres() : runner.AddSQLite())
                .WithGlobalConnectionString(database.Address.ConnectionString)
                .ScanIn(typeof(M0001Journal).Assembly).For.Migrations())
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var runner = scope.ServiceProvider.GetRequiredService<IMigrationRunner>();
        var known = runner.MigrationLoader.LoadMigrations();
        var versions = scope.ServiceProvider.GetRequiredService<IVersionLoader>();
        versions.LoadVersionInfo();
        var latest = versions.VersionInfo.Latest();
        if (latest > known.Keys.Max())
        {
            throw new InvalidOperationException(
                $"The database's schema is at step {latest}, and this version of the platform knows steps up to {known.Keys.Max()}. Run a newer version.");
        }

        if (known.Keys.Any(step => !versions.VersionInfo.HasAppliedMigration(step)))
        {
            runner.MigrateUp();
            SchemaIsAt(log, known.Keys.Max());
        }
    }

    private static async Task<IAsyncDisposable> PostgresTurn(ReadModelDatabase database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(database.Address.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var wait = connection.CreateCommand();
        wait.CommandText = $"select pg_advisory_lock({Lock})";
        wait.CommandTimeout = (int)Patience.TotalSeconds;
        await wait.ExecuteNonQueryAsync(cancellation);
        return new Turn(async () =>
        {
            await using var release = connection.CreateCommand();
            release.CommandText = $"select pg_advisory_unlock({Lock})";
            await release.ExecuteNonQueryAsync(CancellationToken.None);
            await connection.DisposeAsync();
        });
    }

    /// <summary>SQLite has no lock that outlasts a transaction, so a file beside the database does.</summary>
    private static async Task<IAsyncDisposable> FileTurn(string path, CancellationToken cancellation)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                return new Turn(async () => await file.DisposeAsync());
            }
            catch (IOException) when (DateTimeOffset.UtcNow < deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
        }
    }

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "The database's schema is at step {Step}.")]
    private static partial void SchemaIsAt(ILogger log, long step);

    private sealed class Turn(Func<ValueTask> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => end();
    }
}
