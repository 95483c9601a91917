using System.Runtime.InteropServices;

namespace WildNOut.Web.Operations;

/// <summary>
/// Lets a node leave in order on SIGTERM and Ctrl+C. The framework's own lifetime answers a signal with <see cref="IHostApplicationLifetime.StopApplication"/>,
/// on which SignalR cuts off all connections without a word; here the signal is only noted, and the host is then stopped from its first step
/// (<see cref="IHostedLifecycleService.StoppingAsync"/>) on. A signal during the start ends the start. A second one ends the process at once.
/// </summary>
public sealed class SignalLifetime : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private readonly CancellationTokenSource _told = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Told => _told.Token;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.AddRange(Signals.Select(signal => PosixSignalRegistration.Create(signal, Heed)));
        return Task.CompletedTask;
    }

    /// <summary>Completes when the node is told to leave, by a signal or from within.</summary>
    public async Task ToldAsync(IHostApplicationLifetime lifetime)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Told, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _told.Dispose();
    }

    private void Heed(PosixSignalContext signal)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            signal.Cancel = true;
            _told.CancelAsync();
        }
    }
}
