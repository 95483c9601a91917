using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Token;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Prices;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers;

namespace WildNOut.Chain;

/// <summary>One call: everything about the chain that a node runs.</summary>
public static class ChainSetup
{
    /// <summary>Adds the chain to a host, after the actors.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">What the node is told about the chain.</param>
    /// <param name="roles">What the node does: only a node with the role <see cref="Names.Roles.Chain"/> reads the chain for the cluster.</param>
    public static IServiceCollection AddWildNOutChain(this IServiceCollection services, ChainOptions options, IReadOnlyCollection<string> roles)
    {
        services.AddSingleton(options);
        services.Replace(ServiceDescriptor.Singleton<ITokenVolumes>(provider => new FeedVolumes(provider.GetRequiredService<ReadModelDatabase>(), options.Mint)));
        if (options.Devnet)
        {
            services.AddDevnet();
            services.AddSingleton(provider =>
            {
                var devnet = provider.GetRequiredService<DevnetAddresses>();
                return new ChainAddresses([devnet.Rpc], [], devnet.WebSocket);
            });
        }

        services.AddRpc(options);
        if (roles.Contains(Names.Roles.Chain))
        {
            services
                .AddSingleton<IngestMetrics>()
                .AddSingleton<FeedClient>()
                .AddSingleton(provider => PriceFeeds.Of(Addressed(options, provider), provider.GetRequiredService<FeedClient>().Http))
                .AddHostedService<ChainStreams>();
        }

        return services;
    }

    /// <summary>The devnet stands in for the addresses of all feeds.</summary>
    private static ChainOptions Addressed(ChainOptions options, IServiceProvider provider) => options.Devnet
        ? options with { PriceFeeds = [.. options.PriceFeeds.Select(feed => feed with { Address = provider.GetRequiredService<DevnetAddresses>().Prices })] }
        : options;

    /// <summary>The HTTP client of the price feeds, apart from any other in the host: a factory's would log addresses, and they may hold keys.</summary>
    private sealed class FeedClient(TimeProvider clock) : IDisposable
    {
        private readonly HttpClient _client = FeedHttp.NewClient();

        public FeedHttp Http => new(_client, clock);

        public void Dispose() => _client.Dispose();
    }
}
