using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Prices;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers;
using WildNOut.Chain.Transfers.Accounts;
using WildNOut.Chain.Transfers.Decoding;
using WildNOut.Chain.Wallets;

namespace WildNOut.Chain;

/// <summary>Starts what a node with the role <see cref="Names.Roles.Chain"/> runs, each one in the cluster: the ingest, the price stream, the refresher of holdings.</summary>
internal sealed class ChainStreams(IServiceProvider services, ChainOptions options) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var system = services.GetRequiredService<ActorSystem>();
        var rpc = services.GetRequiredService<ISolanaRpc>();
        var pools = services.GetService<SimulatedChain>()?.Book.Pools.Select(pool => pool.Owner) ?? options.Pools;
        var walk = Walk(rpc, new TransferDecoder(options.Mint, pools));
        var news = new SlotNews(services.GetService<ISolanaSubscriptions>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SlotNews>>());
        system.Start(ActivatorUtilities.CreateInstance<TransferIngest>(services, options.Mint, walk, news), "transfer-ingest");
        system.Start(ActivatorUtilities.CreateInstance<PriceStream>(services, options.Mint, new PriceStreamSettings()), "price-stream");
        system.StartHoldingsRefresher(
            services.GetRequiredService<WalletTables>(),
            services.GetRequiredService<ShardRegions>(),
            new RpcHoldingsReader(rpc, options.Mint),
            services.GetRequiredService<TimeProvider>());
        return Task.CompletedTask;
    }

    private IChainWalk Walk(ISolanaRpc rpc, TransferDecoder decoder)
    {
        if (options.Mode == IngestMode.Blocks)
        {
            return new BlockWalk(options.Mint, options.FromSlot, rpc, decoder);
        }

        var clock = services.GetRequiredService<TimeProvider>();
        var news = new AccountNews(options.Mint, services.GetService<ISolanaSubscriptions>(), clock, services.GetRequiredService<ILogger<AccountNews>>());
        return new AccountWalk(options.Mint, options.FromSlot, rpc, decoder, news, clock, services.GetRequiredService<ILogger<AccountWalk>>());
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
