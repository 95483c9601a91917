using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet;

/// <summary>Runs the devnet beside a node: a server, and a chain that lives by the clock.</summary>
public sealed class DevnetService(SimulatedChain chain, DevnetServer server, TimeProvider clock, ILogger<DevnetService> logger) : BackgroundService
{
    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        chain.AdvanceTo(Now());
        await server.StartAsync(cancellationToken);
        logger.LogInformation("The devnet listens at {Address}.", server.Addresses.Rpc);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await server.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(chain.Options.SlotTime, clock);
        while (await pace.WaitForNextTickAsync(stoppingToken))
        {
            chain.AdvanceTo(Now());
        }
    }

    private ulong Now() => (ulong)((clock.GetUtcNow() - chain.Options.Epoch) / chain.Options.SlotTime);
}
