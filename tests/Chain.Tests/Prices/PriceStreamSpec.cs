using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Token;
using WildNOut.Chain.Prices;
using WildNOut.Chain.Rpc;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Chain.Tests.Prices;

/// <summary>The stream from feeds to the market, on a cluster of one node.</summary>
public sealed class PriceStreamSpec : TestKit
{
    private const string Mint = "mint";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestProbe _market;
    private readonly ShardRegions _regions = new();
    private readonly ScriptedFeed _one = new("one") { Spacing = TimeSpan.Zero };
    private readonly ScriptedFeed _two = new("two") { Spacing = TimeSpan.Zero };
    private readonly SupplyRpc _rpc = new();

    public PriceStreamSpec()
        : base("""
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.roles = [chain]
            """)
    {
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        cluster.Join(cluster.SelfAddress);
        _market = CreateTestProbe();
        _regions.Add(Names.Regions.TokenMarket, _market);
        _one.Answer = () => new PriceReading(1m, DateTimeOffset.UtcNow);
        _two.Answer = () => new PriceReading(1.02m, DateTimeOffset.UtcNow, 5_000);
    }

    [Fact]
    public void Samples_carry_the_agreed_price_and_the_supply_even_when_a_source_breaks_at_first()
    {
        _rpc.Failures = 2;
        Start();
        var sample = SampleUntil(sample => sample is { Supply: not null, Price.Sources.Count: 2 });
        Assert.Equal((Mint, 1.01m, "one+two", new TokenSupply(1_000, 3), 2), (sample.Mint, sample.Price!.Value, sample.Price.From, sample.Supply, sample.Configured));
    }

    [Fact]
    public void What_the_sources_say_is_told_even_while_there_is_no_price()
    {
        _one.Answer = () => throw new FeedException("The feed answered 500.");
        _two.Answer = () => null;
        _rpc.Failures = int.MaxValue;
        Start();
        var observed = _market.FishForMessage<Envelope>(
            envelope => envelope.Message is SourcesObserved { Sources: [{ Refusal: "The feed answered 500." }, { Refusal: "The feed does not know the token." }] }, Patience);
        Assert.Equal(12.5m, ((SourcesObserved)observed.Message).Volume24h);
    }

    [Fact]
    public void A_market_that_does_not_answer_gets_no_second_sample_meanwhile_and_the_next_one_afterwards()
    {
        Start(new PriceStreamSettings { SampleEvery = TimeSpan.FromMilliseconds(20), AskTimeout = TimeSpan.FromSeconds(4) });
        var asked = NextAsk();
        var asking = _market.LastSender;
        _market.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
        Assert.NotNull(NextAsk());
        Assert.NotEqual(asking, _market.LastSender);
        Assert.NotNull(asked);
    }

    [Fact]
    public void A_refusal_does_not_stop_the_stream()
    {
        Start();
        for (var i = 0; i < 3; i++)
        {
            NextAsk();
            _market.Reply(i == 0 ? Rejection.Conflict("stale_price", "old") : new Unavailable("stopping"));
        }
    }

    [Fact]
    public async Task A_stream_that_stops_lets_go_of_the_feeds()
    {
        _one.Hang = true;
        var stream = Start();
        await _one.Reached.Task.WaitAsync(Patience);
        await stream.GracefulStop(Patience);
        await _one.Cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_streamed_feed_that_drops_is_connected_anew()
    {
        await using var server = await FeedServer.StartAsync(async http =>
        {
            var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                http.Response,
                $$$"""data: {"parsed":[{"id":"ef0d8b6fda2ceba41da15d4095d1da392a0d2f8ed0c6c7bc0f4cfac8c280b56d","price":{"price":"15000","expo":-2,"publish_time":{{{time}}}}}]}""" + "\n\n");
        });
        using var client = FeedHttp.NewClient();
        // Nobody answers the samples here: they must not keep the sources waiting.
        var settings = new PriceStreamSettings { SampleEvery = TimeSpan.FromMilliseconds(50), AskTimeout = TimeSpan.FromMilliseconds(100) };
        Start(settings, new HermesFeed(new FeedHttp(client, TimeProvider.System), server.Address));
        _market.FishForMessage<Envelope>(envelope => envelope.Message is SourcesObserved { SolPrice: 150m }, Patience);
        AwaitCondition(() => server.Requests.Count > 2, Patience);
    }

    private IActorRef Start(PriceStreamSettings? settings = null, IPriceFeed? sol = null) => Sys.Start(new PriceStream(
        Mint, new PriceFeeds([_one, _two], sol), _rpc, new Volumes(), _regions, TimeProvider.System, NullLogger<PriceStream>.Instance,
        (settings ?? new PriceStreamSettings { SampleEvery = TimeSpan.FromMilliseconds(50) }) with
        {
            SupplyEvery = TimeSpan.FromMilliseconds(100),
            FirstPause = TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(100),
        }), "price-stream");

    private RecordSample NextAsk() => (RecordSample)_market.FishForMessage<Envelope>(envelope => envelope.Message is RecordSample, Patience).Message;

    private RecordSample SampleUntil(Func<RecordSample, bool> enough)
    {
        while (true)
        {
            var sample = NextAsk();
            _market.Reply(new Done(new SampleTaken(null), 1));
            if (enough(sample))
            {
                return sample;
            }
        }
    }

    private sealed class Volumes : ITokenVolumes
    {
        public Task<IReadOnlyList<VolumeBucket>> BetweenAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<VolumeBucket>>([new(from, 10, 1), new(to, 2.5m, 3)]);
    }

    private sealed class SupplyRpc : ISolanaRpc
    {
        private int _failures;

        public int Failures
        {
            get => Volatile.Read(ref _failures);
            set => Volatile.Write(ref _failures, value);
        }

        public Task<InContext<TokenAmount>> GetTokenSupplyAsync(string mint, Commitment commitment, CancellationToken cancellation)
        {
            Assert.Equal((Mint, Commitment.Finalized), (mint, commitment));
            return Interlocked.Decrement(ref _failures) >= 0
                ? throw new RpcUnavailableException("down")
                : Task.FromResult(new InContext<TokenAmount>(1, new TokenAmount(1_000, 3)));
        }

        public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, bool transactions, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<SignatureInfo>> GetSignaturesForAddressAsync(
            string address, string? before, int limit, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<BlockTransaction?> GetTransactionAsync(string signature, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByOwnerAsync(
            string owner, string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByMintAsync(string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
