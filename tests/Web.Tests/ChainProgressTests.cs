using System.Text.Json;
using WildNOut.Actors.Engine;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Web.Tests;

/// <summary>A node that reads a simulated chain and two price feeds, of which one fails.</summary>
public sealed class ChainProgressTests(ChainProgressTests.Node node) : IClassFixture<ChainProgressTests.Node>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Health_says_how_far_the_feed_is_and_who_reads_it_and_how_the_price_feeds_are()
    {
        await UntilAsync(async () => (await node.GetAsync("/health")).Json.GetProperty("parts").GetProperty("chain").GetProperty("status").GetString() == "healthy");
        var chain = default(JsonElement);
        await UntilAsync(async () =>
        {
            chain = (await node.GetAsync("/health/details", node.Token("root", Role.Admin))).Json.GetProperty("chain");
            return chain.GetProperty("ingest") is { ValueKind: JsonValueKind.Object } feed
                && feed.GetProperty("tip").ValueKind == JsonValueKind.Number && feed.GetProperty("tip").GetUInt64() == node.Chain.Slot(Commitment.Confirmed)
                && chain.GetProperty("prices") is { ValueKind: JsonValueKind.Object } prices
                && prices.GetProperty("sources").GetArrayLength() == 2
                && prices.GetProperty("sources").EnumerateArray().All(source => source.GetProperty(IsBroken(source) ? "lastFailure" : "price").ValueKind != JsonValueKind.Null);
        });

        var ingest = chain.GetProperty("ingest");
        Assert.StartsWith("akka.tcp://", ingest.GetProperty("reader").GetString(), StringComparison.Ordinal);
        Assert.Equal(node.Chain.Slot(Commitment.Confirmed), ingest.GetProperty("newest").GetUInt64());
        Assert.Equal(0, ingest.GetProperty("behind").GetInt32());
        Assert.InRange(ingest.GetProperty("progressAge").GetDouble(), 0, 30);
        Assert.Single(chain.GetProperty("endpoints").EnumerateArray());

        var feeds = chain.GetProperty("prices").GetProperty("sources").EnumerateArray().ToDictionary(feed => feed.GetProperty("source").GetString()!);
        Assert.False(feeds["jupiter"].GetProperty("stale").GetBoolean());
        Assert.Equal(JsonValueKind.Null, feeds["jupiter"].GetProperty("refusal").ValueKind);
        Assert.InRange(feeds["jupiter"].GetProperty("age").GetInt64(), 0, 60);
        Assert.True(feeds["dexscreener"].GetProperty("stale").GetBoolean());
        Assert.Equal("The feed answered 503.", feeds["dexscreener"].GetProperty("lastFailure").GetString());
        Assert.Equal(JsonValueKind.String, feeds["dexscreener"].GetProperty("lastFailureAt").ValueKind);
    }

    private static bool IsBroken(JsonElement feed) => feed.GetProperty("source").GetString() == "dexscreener";

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>The chain is made before the node, which asks for it.</summary>
    public sealed class Node : ServerFixture, IAsyncLifetime, IAsyncDisposable
    {
        private readonly DevnetServer _server;

        public Node()
        {
            Chain.Produce(60, 5);
            _server = new DevnetServer(Chain);
            _server.Faults.Set(DevnetFault.Unavailable, new FaultRule { Method = "dexscreener" });
        }

        public SimulatedChain Chain { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["TOKEN_MINT_ADDRESS"] = Chain.Options.Mint,
            ["SOLANA_RPC_URLS"] = $"{_server.Addresses.Rpc}",
            ["INGEST_FROM_SLOT"] = "0",
            ["PRICE_FEEDS"] = $"jupiter={_server.Addresses.Prices},dexscreener={_server.Addresses.Prices}",
        };

        async Task IAsyncLifetime.InitializeAsync()
        {
            await _server.StartAsync();
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            await _server.DisposeAsync();
        }

        ValueTask IAsyncDisposable.DisposeAsync() => new(((IAsyncLifetime)this).DisposeAsync());
    }
}
