namespace WildNOut.Web.Operations;

/// <summary>Knows from the first moment that the node is leaving, so that readiness says so while everything still works.</summary>
public sealed class Departure(IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private volatile bool _begun;

    /// <summary>Whether the node is leaving, told to from outside or from within.</summary>
    public bool Begun => _begun || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
