using System.Diagnostics;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers;
using WildNOut.Chain.Transfers.Decoding;
using Xunit.Abstractions;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>
/// The whole ingest, as a node runs it, over two endpoints that go wrong in every way they can while the chain moves on: what the feed ends with is the chain's own ledger.
/// </summary>
public sealed class FaultySpec : TestKit, IAsyncLifetime
{
    private const int PerBlock = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly ITestOutputHelper _output;
    private readonly string _folder = Directory.CreateTempSubdirectory("wildnout-ingest-").FullName;
    private readonly ReadModelDatabase _database;
    private readonly SimulatedChain _chain = new();
    private readonly DevnetServer _one;
    private readonly DevnetServer _two;
    private readonly HttpClient _http = RpcTransport.Client();
    private readonly RpcMetrics _rpcMetrics = new();
    private readonly IngestMetrics _metrics = new();
    private readonly ShardRegions _regions = new();
    private readonly ModelFeed _feed;
    private readonly IActorRef _region;

    public FaultySpec(ITestOutputHelper output)
    {
        _output = output;
        _database = new ReadModelDatabase($"sqlite:{_folder}/test.db", 10, NullLogger<ReadModelDatabase>.Instance);
        (_one, _two) = (new DevnetServer(_chain, faults: new DevnetFaults(1)), new DevnetServer(_chain, faults: new DevnetFaults(2)));
        _feed = new ModelFeed(_chain.Options.Mint);
        _region = Sys.ActorOf(Props.Create(() => new FeedRegion(_feed)));
        _regions.Add(Names.Regions.TokenFeed, _region);
    }

    public async Task InitializeAsync()
    {
        await Migrator.RunAsync(_database, NullLogger.Instance);
        await _one.StartAsync();
        await _two.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Sys.Terminate();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _database.DisposeAsync();
        _http.Dispose();
        _rpcMetrics.Dispose();
        _metrics.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_feed_equals_the_chain_whatever_the_endpoints_do_and_whoever_reads()
    {
        _chain.Produce(250, PerBlock);
        _chain.Forks = new ForkRate(0.05, Depth: 12, Relanded: 0.6);
        Misbehave(_one.Faults, 2);
        Misbehave(_two.Faults, 1);
        var time = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        var moving = MoveOnAsync(stop.Token);

        var first = Read("first");
        await ReachedAsync(3_000);
        // The next one begins before the first knows that it is over.
        var second = Read("second");
        await ReachedAsync(5_000);
        await first.GracefulStop(Patience);
        await ReachedAsync(8_000);
        _one.Faults.Set(DevnetFault.Down);
        await ReachedAsync(11_000);
        await second.GracefulStop(Patience);
        Misbehave(_one.Faults, 2);
        _two.Faults.Set(DevnetFault.Html);
        Read("third");
        await ReachedAsync(14_000);
        await stop.CancelAsync();
        await moving;
        // The last may have dropped blocks that were read: that shows by the block that comes after them.
        _chain.Forks = new ForkRate(0);
        _chain.Produce(1, PerBlock);
        await UntilAsync(standing => standing.Tip.Tip?.Slot == _chain.Slot(Commitment.Confirmed));
        _chain.Fork(10, relanded: 0.7);
        _chain.Produce(20, PerBlock);
        _chain.FinalizeAll();

        var end = _chain.Slot(Commitment.Finalized);
        await UntilAsync(standing => standing.Tip.Tip?.Slot >= end && standing.Tip.Unfinalized.Count == 0);
        var standing = await StandingAsync();
        _output.WriteLine($"{standing.Lines.Count} movements, {standing.Withdrawals} withdrawals in {time.Elapsed.TotalSeconds:F1} s");
        foreach (var fault in Enum.GetValues<DevnetFault>())
        {
            _output.WriteLine($"{fault}: {_one.Faults.Struck(fault)} + {_two.Faults.Struck(fault)}");
        }

        Assert.True(standing.Withdrawals > 0);
        FeedVerdict.EqualsTheChain(_chain.Ledger, standing.Lines);
    }

    [Fact]
    public async Task An_endpoint_that_speaks_of_another_mint_is_not_believed()
    {
        _chain.Produce(60, PerBlock);
        _chain.FinalizeAll();
        _one.Faults.Set(DevnetFault.WrongMint);
        var rpc = Rpc();
        var ledger = _chain.Ledger;
        foreach (var wallet in _chain.Wallets.Take(30))
        {
            var held = await rpc.GetTokenAccountsByOwnerAsync(wallet, _chain.Options.Mint, Commitment.Finalized, _chain.Slot(Commitment.Finalized), CancellationToken.None);
            Assert.Equal(ledger.Balances.GetValueOrDefault(wallet), held.Value.Aggregate(0ul, (sum, account) => sum + account.Amount));
        }

        Assert.True(_one.Faults.Struck(DevnetFault.WrongMint) >= new RpcPoolOptions().FailuresToOpen);
    }

    [Fact]
    public async Task In_a_storm_of_throttles_the_ingest_says_how_far_the_feed_is_behind_and_since_when()
    {
        _chain.Produce(60, PerBlock);
        Read("reader");
        await UntilAsync(standing => standing.Tip.Tip?.Slot == _chain.Slot(Commitment.Confirmed) && standing.Told?.ProgressAt is not null);
        foreach (var faults in new[] { _one.Faults, _two.Faults })
        {
            faults.Set(DevnetFault.Throttled, new FaultRule { Method = "getBlock", RetryAfter = 1 });
        }

        var storm = DateTimeOffset.UtcNow;
        _chain.Produce(150, PerBlock);
        await UntilAsync(standing => standing.Told is { LastFailure: not null } told && told.LastFailureAt > storm && told.Newest >= standing.Tip.Tip!.Slot + 100);
        var told = (await StandingAsync()).Told!;
        Assert.Contains("It answered with the status 429.", told.LastFailure, StringComparison.Ordinal);
        Assert.True(told.ProgressAt < told.LastFailureAt);

        _one.Faults.Clear();
        _two.Faults.Clear();
        _chain.FinalizeAll();
        await UntilAsync(standing => standing.Tip.Tip?.Slot >= _chain.Slot(Commitment.Finalized) && standing.Tip.Unfinalized.Count == 0 && standing.Told!.ProgressAt > told.LastFailureAt);
        FeedVerdict.EqualsTheChain(_chain.Ledger, (await StandingAsync()).Lines);
    }

    [Fact]
    public async Task Endpoints_that_are_all_behind_what_was_read_do_not_make_the_feed_look_complete()
    {
        _chain.Produce(300, 5);
        Read("reader");
        await UntilAsync(standing => standing.Tip.Tip?.Slot == _chain.Slot(Commitment.Confirmed) && standing.Told?.ProgressAt is not null);
        _one.Faults.Set(DevnetFault.Stale, new FaultRule { Slots = 200 });
        _two.Faults.Set(DevnetFault.Stale, new FaultRule { Slots = 200 });
        var behind = DateTimeOffset.UtcNow;

        await UntilAsync(standing => standing.Told is { LastFailure: not null } told && told.LastFailureAt > behind);
        var standing = await StandingAsync();
        Assert.True(standing.Told!.ProgressAt < standing.Told.LastFailureAt);
        Assert.Equal(_chain.Slot(Commitment.Confirmed), standing.Told.Newest);

        _one.Faults.Clear();
        await UntilAsync(standing => standing.Told!.ProgressAt > standing.Told.LastFailureAt);
    }

    /// <summary>Everything that an endpoint can do wrong, now and then.</summary>
    private static void Misbehave(DevnetFaults faults, int badness)
    {
        faults.Clear();
        foreach (var fault in new[]
        {
            DevnetFault.Down, DevnetFault.Unavailable, DevnetFault.Garbage, DevnetFault.Html, DevnetFault.Truncated, DevnetFault.WrongId, DevnetFault.BlockNotYet,
        })
        {
            faults.Set(fault, new FaultRule { Probability = 0.02 * badness });
        }

        faults.Set(DevnetFault.Throttled, new FaultRule { Probability = 0.005 * badness, RetryAfter = 1 });
        faults.Set(DevnetFault.Slow, new FaultRule { Probability = 0.02 * badness, Delay = TimeSpan.FromMilliseconds(200) });
        faults.Set(DevnetFault.Stale, new FaultRule { Probability = 0.05 * badness, Slots = 60 });
        faults.Set(DevnetFault.OmittedBlocks, new FaultRule { Probability = 0.1 * badness });
        faults.Set(DevnetFault.RepeatedBlocks, new FaultRule { Probability = 0.05 * badness });
    }

    /// <summary>A chain that moves on while it is read.</summary>
    private async Task MoveOnAsync(CancellationToken stop)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!stop.IsCancellationRequested)
        {
            _chain.Produce(1, PerBlock);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>A node that reads the chain, with a client of its own.</summary>
    private IActorRef Read(string name)
    {
        var walk = new BlockWalk(_chain.Options.Mint, 0, Rpc(), new TransferDecoder(_chain.Options.Mint, _chain.Pools));
        var news = new SlotNews(null, TimeProvider.System, NullLogger<SlotNews>.Instance);
        var ingest = new TransferIngest(_chain.Options.Mint, walk, news, _regions, new WalletTables(_database), _metrics, Sys, TimeProvider.System, new Told(_output));
        return Sys.ActorOf(Props.Create(() => new StreamOwner(ingest)), name);
    }

    /// <summary>The client as a node has it, but for limits.</summary>
    private SolanaRpc Rpc() => new(new RpcPool(
        new ChainAddresses([_one.Addresses.Rpc, _two.Addresses.Rpc], [], null),
        new RpcPoolOptions { CallsPerWindow = 0, CallsPerMethodPerWindow = 0 },
        _http,
        _rpcMetrics,
        Sys.Scheduler,
        TimeProvider.System));

    private async Task ReachedAsync(int lines)
    {
        var time = Stopwatch.StartNew();
        await UntilAsync(standing => standing.Lines.Count >= lines);
        _output.WriteLine($"{lines} movements stand after {time.Elapsed.TotalSeconds:F1} s more.");
    }

    private async Task UntilAsync(Func<FeedRegion.Standing, bool> enough)
    {
        var limit = Stopwatch.StartNew();
        while (!enough(await StandingAsync()))
        {
            Assert.True(limit.Elapsed < Patience, $"The feed stands at {(await StandingAsync()).Tip}.");
            await Task.Delay(100);
        }
    }

    private Task<FeedRegion.Standing> StandingAsync() => _region.Ask<FeedRegion.Standing>(FeedRegion.GetStanding.Instance, TimeSpan.FromSeconds(10));

    /// <summary>What the ingest logs, in the test's own output.</summary>
    private sealed class Told(ITestOutputHelper output) : ILogger<TransferIngest>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            output.WriteLine($"{DateTimeOffset.UtcNow:HH:mm:ss.f} {formatter(state, exception)} {exception?.Message}");
    }
}
