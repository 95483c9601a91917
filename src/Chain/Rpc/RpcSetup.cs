using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WildNOut.Chain.Rpc;

/// <summary>Puts the client of the chain into a host.</summary>
internal static class RpcSetup
{
    /// <summary>
    /// Adds <see cref="ISolanaRpc"/>, <see cref="RpcPool"/> and, where there is a WebSocket, <see cref="ISolanaSubscriptions"/>. Where they ask is told by
    /// <see cref="ChainAddresses"/>; whoever registers those before stands in for the options.
    /// </summary>
    public static IServiceCollection AddRpc(this IServiceCollection services, ChainOptions options)
    {
        services.TryAddSingleton(new ChainAddresses(options.Primaries, options.Fallbacks, options.WebSocket));
        services
            .AddSingleton(options.Rpc)
            .AddSingleton<RpcMetrics>()
            .AddSingleton<RpcClient>()
            .AddSingleton(provider => new RpcPool(
                provider.GetRequiredService<ChainAddresses>(),
                options.Rpc,
                provider.GetRequiredService<RpcClient>().Http,
                provider.GetRequiredService<RpcMetrics>(),
                provider.GetRequiredService<ActorSystem>().Scheduler,
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ISolanaRpc, SolanaRpc>()
            .AddHostedService<RpcProbe>();
        if (options.WebSocket is not null || options.Devnet)
        {
            services.AddSingleton<ISolanaSubscriptions>(provider => new SolanaSubscriptions(
                provider.GetRequiredService<ChainAddresses>().WebSocket ?? throw new InvalidOperationException("The devnet tells no address of its WebSocket."),
                new SubscriptionOptions(),
                provider.GetRequiredService<RpcMetrics>(),
                provider.GetRequiredService<TimeProvider>()));
        }

        return services;
    }

    /// <summary>The HTTP client of the endpoints, apart from any other in the host: a factory's would log addresses, and they hold keys.</summary>
    private sealed class RpcClient : IDisposable
    {
        public HttpClient Http { get; } = RpcTransport.Client();

        public void Dispose() => Http.Dispose();
    }
}
