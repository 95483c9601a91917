using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors;

/// <summary>Brings the schema up to date and pins the deployment's constants, before the actor system starts. A failure stops the start.</summary>
internal sealed class DatabasePreparation(ReadModelDatabase database, NodeOptions options, ILogger<DatabasePreparation> log) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Migrator.RunAsync(database, log, cancellationToken);
        await Deployment.PinAsync(database, Deployment.BallotBoxes, options.BallotBoxes, cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
