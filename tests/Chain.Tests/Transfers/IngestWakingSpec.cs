using Akka.Actor;
using Akka.Streams;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Token;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Tests.Rpc;
using WildNOut.Chain.Transfers;
using WildNOut.Chain.Transfers.Decoding;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>The ingest, as a node runs it, goes on when the node of the chain says that there is something new; its own clock stands still.</summary>
public sealed class IngestWakingSpec : TestKit, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("wildnout-waking-").FullName;
    private readonly ReadModelDatabase _database;
    private readonly SimulatedChain _chain = new();
    private readonly DevnetServer _server;
    private readonly HttpClient _http = RpcTransport.Client();
    private readonly RpcMetrics _rpcMetrics = new();
    private readonly IngestMetrics _metrics = new();
    private readonly TestClock _clock = new();
    private readonly ModelFeed _feed;
    private readonly IActorRef _region;

    public IngestWakingSpec()
    {
        _database = new ReadModelDatabase($"sqlite:{_folder}/test.db", 10, NullLogger<ReadModelDatabase>.Instance);
        _server = new DevnetServer(_chain);
        _feed = new ModelFeed(_chain.Options.Mint);
        _region = Sys.ActorOf(Props.Create(() => new Region(_feed)));
    }

    public async Task InitializeAsync()
    {
        await Migrator.RunAsync(_database, NullLogger.Instance);
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Sys.Terminate();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        _http.Dispose();
        _rpcMetrics.Dispose();
        _metrics.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_block_is_read_when_it_is_told_and_else_within_the_pace(bool told)
    {
        _chain.Produce(80, 5);
        await using var subscriptions = new SolanaSubscriptions(_server.Addresses.WebSocket, new SubscriptionOptions(), _rpcMetrics, TimeProvider.System);
        var regions = new ShardRegions();
        regions.Add(Names.Regions.TokenFeed, _region);
        var pool = new RpcPool(new ChainAddresses([_server.Addresses.Rpc], [], null), RpcFixture.Unlimited, _http, _rpcMetrics, Sys.Scheduler, TimeProvider.System);
        var walk = new BlockWalk(_chain.Options.Mint, 0, new SolanaRpc(pool), new TransferDecoder(_chain.Options.Mint, _chain.Pools));
        var news = new SlotNews(told ? subscriptions : null, _clock, NullLogger<SlotNews>.Instance);
        var ingest = new TransferIngest(
            _chain.Options.Mint, walk, news, regions, new WalletTables(_database), _metrics, Sys, _clock, NullLogger<TransferIngest>.Instance);
        using var stop = new CancellationTokenSource();
        var running = ingest.RunAsync(Sys.Materializer(), Sys.Scheduler, stop.Token);
        await Until(async () => await TipAsync() == _chain.Slot(Commitment.Confirmed), () => { });

        var known = _chain.Slot(Commitment.Confirmed);
        await Until(async () => await TipAsync() > known + 10, () =>
        {
            _chain.Produce(1, 5);
            if (!told)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        });

        Assert.False(running.IsFaulted);
        await stop.CancelAsync();
    }

    private async Task<ulong> TipAsync() => (await _region.Ask<FeedTip>(new Envelope(_chain.Options.Mint, new GetFeed(_chain.Options.Mint)))).Tip?.Slot ?? 0;

    private static async Task Until(Func<Task<bool>> holds, Action meanwhile)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            meanwhile();
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Stands in for the shard region of the feed.</summary>
    private sealed class Region : ReceiveActor
    {
        public Region(ModelFeed feed)
        {
            Receive<Envelope>(envelope => envelope.Message is GetFeed, _ => Sender.Tell(feed.Tip));
            Receive<Envelope>(envelope => envelope.Message is IFeedCommand, envelope => Sender.Tell(new Actors.Engine.Done(feed.Tell((IFeedCommand)envelope.Message), 1)));
        }
    }
}
