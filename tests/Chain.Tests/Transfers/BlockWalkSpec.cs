using Akka.Actor;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Tests.Devnet;
using WildNOut.Chain.Tests.Rpc;
using WildNOut.Chain.Transfers;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>The walk over blocks ends with exactly what the chain holds, through the real client, also when the chain goes another way.</summary>
public sealed class BlockWalkSpec : IAsyncLifetime, IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("walk");
    private readonly HttpClient _http = RpcTransport.Client();
    private readonly RpcMetrics _metrics = new();
    private DevnetNode _node = null!;

    public async Task InitializeAsync() => _node = await DevnetNode.StartAsync();

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _system.Terminate();
    }

    public void Dispose()
    {
        _http.Dispose();
        _metrics.Dispose();
        _system.Dispose();
    }

    [Fact]
    public async Task A_history_is_read_as_finalized_and_equals_the_chain()
    {
        _node.Chain.Produce(150, 40);
        _node.Chain.FinalizeAll();
        var feed = new ModelFeed(_node.Chain.Options.Mint);

        await FollowAsync(feed, Walk());

        AssertEqualsTheChain(feed);
        Assert.Equal(0, feed.Withdrawals);
        Assert.NotNull(feed.Tip.Finalized);
    }

    [Fact]
    public async Task Forks_and_hand_overs_leave_no_gap_no_double_and_the_order_of_the_chain()
    {
        _node.Chain.Forks = new ForkRate(0.05, Depth: 12, Relanded: 0.5);
        var feed = new ModelFeed(_node.Chain.Options.Mint);
        var walk = Walk();
        for (var round = 0; round < 60; round++)
        {
            _node.Chain.Produce(6, 30);
            if (round % 20 == 10)
            {
                // Another node takes over and knows nothing but the feed.
                walk = Walk();
            }

            await FollowAsync(feed, walk);
            if (round % 10 == 5)
            {
                _node.Chain.Fork(10, relanded: 0.7);
            }
        }

        _node.Chain.FinalizeAll();
        await FollowAsync(feed, walk);

        Assert.True(feed.Withdrawals > 0);
        AssertEqualsTheChain(feed);
    }

    private BlockWalk Walk()
    {
        var addresses = new ChainAddresses([_node.Server.Addresses.Rpc], [], null);
        var pool = new RpcPool(addresses, RpcFixture.Unlimited with { Attempts = 2 }, _http, _metrics, _system.Scheduler, TimeProvider.System);
        return new BlockWalk(
            _node.Chain.Options.Mint, 0, new SolanaRpc(pool), new TransferDecoder(_node.Chain.Options.Mint, _node.Chain.Book.Pools.Select(known => known.Owner)));
    }

    /// <summary>Goes on until nothing is new, or until the chain must move on first, as when nobody can say yet what became of a slot.</summary>
    private static async Task FollowAsync(ModelFeed feed, BlockWalk walk)
    {
        for (var steps = 0; steps < 200; steps++)
        {
            try
            {
                if (await walk.NextAsync(feed.Tip, CancellationToken.None) is not { } command)
                {
                    return;
                }

                feed.Tell(command);
            }
            catch (RpcUnavailableException)
            {
                return;
            }
        }

        Assert.Fail("The walk does not come to an end.");
    }

    private void AssertEqualsTheChain(ModelFeed feed) => FeedVerdict.EqualsTheChain(_node.Chain.Ledger, feed.Standing);
}
