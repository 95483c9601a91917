using System.Runtime.InteropServices;

namespace WildNOut.Web.Operations;

/// <summary>
/// Lets a node leave in order on SIGTERM and Ctrl+C. The framework's own lifetime answers a signal with <see cref="IHostApplicationLifetime.StopApplication"/>,
/// on which SignalR cuts off all connections without a word; here the signal is only noted, and the host is then stopped from its first step
/// (<see cref="IHostedLifecycleService.StoppingAsync"/>) on. A second signal ends the process at once.
/// </summary>
public sealed class SignalLifetime : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.AddRange(Signals.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = _told.TrySetResult())));
        return Task.CompletedTask;
    }

    /// <summary>Completes when the node is told to leave, by a signal or from within.</summary>
    public Task ToldAsync(IHostApplicationLifetime lifetime)
    {
        lifetime.ApplicationStopping.Register(() => _told.TrySetResult());
        return _told.Task;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
