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

    [Fact]
    public async Task What_an_endpoint_that_was_behind_said_of_finality_is_not_the_last_word_when_the_chain_stands_still()
    {
        _node.Chain.Produce(150, 10);
        var feed = new ModelFeed(_node.Chain.Options.Mint);
        BehindWithFinality behind = null!;
        var walk = Walk(rpc => behind = new BehindWithFinality(rpc));
        await FollowAsync(feed, walk);
        behind.Answer = feed.Tip.Finalized!.Slot;
        _node.Chain.FinalizeAll();
        await FollowAsync(feed, walk);
        Assert.NotEmpty(feed.Tip.Unfinalized);

        behind.Answer = null;
        for (var looks = 0; looks < 20; looks++)
        {
            await FollowAsync(feed, walk);
        }

        Assert.Empty(feed.Tip.Unfinalized);
        AssertEqualsTheChain(feed);
    }

    private BlockWalk Walk(Func<ISolanaRpc, ISolanaRpc>? through = null)
    {
        var addresses = new ChainAddresses([_node.Server.Addresses.Rpc], [], null);
        var pool = new RpcPool(addresses, RpcFixture.Unlimited with { Attempts = 2 }, _http, _metrics, _system.Scheduler, TimeProvider.System);
        var rpc = new SolanaRpc(pool);
        return new BlockWalk(
            _node.Chain.Options.Mint, 0, through?.Invoke(rpc) ?? rpc, new TransferDecoder(_node.Chain.Options.Mint, _node.Chain.Book.Pools.Select(known => known.Owner)));
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

    /// <summary>The chain as it is, but for what is finalized.</summary>
    private sealed class BehindWithFinality(ISolanaRpc inner) : ISolanaRpc
    {
        /// <summary>The newest finalized slot that is heard of; null for the chain's own.</summary>
        public ulong? Answer { get; set; }

        public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellation) => GetSlotAsync(commitment, 0, cancellation);

        public Task<ulong> GetSlotAsync(Commitment commitment, ulong minContextSlot, CancellationToken cancellation) =>
            commitment == Commitment.Finalized && Answer is { } slot ? Task.FromResult(slot) : inner.GetSlotAsync(commitment, minContextSlot, cancellation);

        public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellation) =>
            inner.GetBlocksAsync(first, last, commitment, cancellation);

        public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, bool transactions, CancellationToken cancellation) =>
            inner.GetBlockAsync(slot, commitment, transactions, cancellation);

        public Task<IReadOnlyList<SignatureInfo>> GetSignaturesForAddressAsync(
            string address, string? before, int limit, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) =>
            inner.GetSignaturesForAddressAsync(address, before, limit, commitment, minContextSlot, cancellation);

        public Task<BlockTransaction?> GetTransactionAsync(string signature, Commitment commitment, CancellationToken cancellation) =>
            inner.GetTransactionAsync(signature, commitment, cancellation);

        public Task<InContext<TokenAmount>> GetTokenSupplyAsync(string mint, Commitment commitment, CancellationToken cancellation) =>
            inner.GetTokenSupplyAsync(mint, commitment, cancellation);

        public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByOwnerAsync(
            string owner, string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) =>
            inner.GetTokenAccountsByOwnerAsync(owner, mint, commitment, minContextSlot, cancellation);

        public Task<InContext<IReadOnlyList<TokenAccount>>> GetTokenAccountsByMintAsync(string mint, Commitment commitment, ulong? minContextSlot, CancellationToken cancellation) =>
            inner.GetTokenAccountsByMintAsync(mint, commitment, minContextSlot, cancellation);
    }
}
