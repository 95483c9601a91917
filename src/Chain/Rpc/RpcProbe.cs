using Microsoft.Extensions.Hosting;

namespace WildNOut.Chain.Rpc;

/// <summary>Keeps asking the endpoints for their slots while the node runs.</summary>
internal sealed class RpcProbe(RpcPool pool, RpcPoolOptions options, TimeProvider clock) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ProbeEvery, clock);
        do
        {
            await pool.ProbeAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
