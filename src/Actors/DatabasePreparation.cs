using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors;

/// <summary>
/// Brings the schema up to date and pins the deployment's constants, before the actor system starts. A failure stops the start.
/// An SQLite file is held for this process alone for as long as the node runs.
/// </summary>
internal sealed class DatabasePreparation(ReadModelDatabase database, NodeOptions options, ILogger<DatabasePreparation> log) : IHostedService, IDisposable
{
    private FileStream? _hold;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            _hold = Hold(database.Address.Name, options);
        }

        await Migrator.RunAsync(database, log, cancellationToken);
        await Deployment.PinAsync(database, Deployment.BallotBoxes, options.BallotBoxes, "BALLOT_BOXES", cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _hold?.Dispose();

    private static FileStream Hold(string file, NodeOptions options)
    {
        if (options.Seeds.Any(seed => seed != $"{options.Hostname}:{options.Port}"))
        {
            throw new InvalidOperationException("SQLite serves one process only: a node that joins others needs DATABASE_URL=postgresql://…");
        }

        try
        {
            return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"Another process uses {file}. SQLite serves one process only: stop the other, or use PostgreSQL.", taken);
        }
    }
}
