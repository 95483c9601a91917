using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet;

/// <summary>One call: the devnet, run by the host.</summary>
public static class DevnetSetup
{
    /// <summary>
    /// Adds the devnet to a host. Whoever needs its addresses asks for <see cref="DevnetAddresses"/>: they are known before anything starts. Add it before what reads
    /// the chain, so that it starts first.
    /// </summary>
    public static IServiceCollection AddDevnet(this IServiceCollection services, DevnetOptions? options = null)
    {
        var devnet = options ?? new DevnetOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new SimulatedChain(devnet.Chain, devnet.Eras));
        services.AddSingleton(_ => new SimulatedPrices(devnet.Chain.Seed));
        services.AddSingleton(_ => new DevnetFaults());
        services.AddSingleton(provider => new DevnetServer(
            provider.GetRequiredService<SimulatedChain>(),
            provider.GetRequiredService<SimulatedPrices>(),
            provider.GetRequiredService<DevnetFaults>(),
            devnet.Port,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<DevnetServer>().Addresses);
        services.AddHostedService<DevnetService>();
        return services;
    }
}
