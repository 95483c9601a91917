using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Token;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Tests.Devnet;
using WildNOut.Chain.Tests.Rpc;
using WildNOut.Chain.Transfers;
using WildNOut.Chain.Transfers.Accounts;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>The walk over the histories of accounts ends with what the chain holds, through the real client; only the order within a slot is not the chain's.</summary>
public sealed class AccountWalkSpec : IAsyncLifetime, IDisposable
{
    /// <summary>Longer than any pause of the walk.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create("accounts");
    private readonly HttpClient _http = RpcTransport.Client();
    private readonly RpcMetrics _metrics = new();
    private readonly TestClock _clock = new();
    private DevnetNode _node = null!;

    private SimulatedChain Chain => _node.Chain;

    public async Task InitializeAsync() => _node = await DevnetNode.StartAsync(new SimulatedChain(new SimulatedChainOptions { Wallets = 30, AccountsPerWallet = 2 }));

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
    public async Task A_history_is_read_in_the_order_of_slots_and_equals_the_chain()
    {
        Chain.Produce(150, 40);
        Chain.FinalizeAll();
        var feed = new ModelFeed(Chain.Options.Mint);

        await FollowAsync(feed, Walk());

        AssertEqualsTheChain(feed);
        Assert.True(feed.Standing.Count > 5_000);
        Assert.Equal(feed.Standing.Select(line => line.Slot).Order(), feed.Standing.Select(line => line.Slot));
        Assert.Equal(0, feed.Withdrawals);
    }

    [Fact]
    public async Task What_is_confirmed_shows_at_once_and_is_right_in_the_end_whatever_the_chain_does_and_whoever_reads()
    {
        Chain.Produce(40, 20);
        var feed = new ModelFeed(Chain.Options.Mint);
        var walk = Walk();
        await FollowAsync(feed, walk);
        Chain.Forks = new ForkRate(0.1, Depth: 12, Relanded: 0.5);
        var shown = 0;
        for (var round = 0; round < 24; round++)
        {
            Chain.Produce(6, 20);
            if (round % 8 == 5)
            {
                // Another node takes over and knows nothing but the feed.
                walk = Walk();
            }

            await FollowAsync(feed, walk);
            shown += feed.Tip.Unfinalized.Count;
        }

        Chain.FinalizeAll();
        await FollowAsync(feed, walk);

        Assert.True(shown > 24);
        AssertEqualsTheChain(feed);
    }

    [Fact]
    public async Task Finality_goes_on_while_there_is_always_something_new()
    {
        Chain.Produce(60, 20);
        var feed = new ModelFeed(Chain.Options.Mint);
        var walk = Walk();
        await FollowAsync(feed, walk);
        var (finalized, shown) = (feed.Tip.Finalized!.Slot, 0);
        for (var step = 0; step < 120; step++)
        {
            Chain.Produce(1, 10);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await StepAsync(feed, walk);
            shown += feed.Tip.Tip!.Slot == Chain.Slot(Commitment.Confirmed) ? 1 : 0;
        }

        Assert.True(shown > 30);
        Assert.True(feed.Tip.Finalized!.Slot > finalized + 40);
    }

    [Fact]
    public async Task Pages_that_repeat_or_reorder_lines_and_transactions_that_are_not_there_yet_change_nothing()
    {
        _node.Faults.Set(DevnetFault.RepeatedSignatures, new FaultRule { Probability = 0.5 });
        _node.Faults.Set(DevnetFault.ReorderedSignatures, new FaultRule { Probability = 0.5 });
        _node.Faults.Set(DevnetFault.TransactionNotYet, new FaultRule { Probability = 0.02 });
        var feed = new ModelFeed(Chain.Options.Mint);
        var walk = Walk();
        for (var round = 0; round < 8; round++)
        {
            Chain.Produce(20, 20);
            await FollowAsync(feed, walk);
        }

        Chain.FinalizeAll();
        await FollowUntilSettledAsync(feed, walk);

        Assert.True(_node.Faults.Struck(DevnetFault.TransactionNotYet) > 10);
        AssertEqualsTheChain(feed);
    }

    /// <summary>A list of accounts from before the end of a stretch names too few of them.</summary>
    [Fact]
    public async Task A_stretch_ends_where_the_list_of_accounts_does()
    {
        Chain.Produce(120, 20);
        _node.Faults.Set(DevnetFault.Stale, new FaultRule { Method = "getProgramAccounts", Slots = 60 });
        var feed = new ModelFeed(Chain.Options.Mint);
        await FollowAsync(feed, Walk());
        var listed = feed.Tip.Finalized!.Slot;
        Assert.InRange(listed, Chain.Slot(Commitment.Finalized) - 70, Chain.Slot(Commitment.Finalized) - 60);

        Chain.Produce(30, 20);
        await FollowAsync(feed, Walk());
        Assert.InRange(feed.Tip.Finalized!.Slot, listed + 20, Chain.Slot(Commitment.Finalized) - 60);
        _node.Faults.Clear();
        Chain.FinalizeAll();
        await FollowAsync(feed, Walk());
        AssertEqualsTheChain(feed);
    }

    /// <summary>Each begins without the accounts that were closed before it came, and what went between those was long before.</summary>
    [Fact]
    public Task Readers_that_follow_one_another_in_the_middle_of_a_history_miss_nothing() => OnChainAsync(
        new SimulatedChainOptions { Wallets = 300, AccountsPerWallet = 3, Mix = new TransactionMix { CloseAccount = 60 } },
        async () =>
        {
            Chain.Produce(60, 60);
            Chain.FinalizeAll();
            var feed = new ModelFeed(Chain.Options.Mint);
            for (var told = feed.Tip.Position; feed.Tip.Finalized?.Slot is not { } slot || slot < Chain.Ledger.Entries[^1].Slot;)
            {
                var before = told;
                await StepUntilAsync(feed, Walk(), () => feed.Tip.Position != before);
                told = feed.Tip.Position;
            }

            AssertEqualsTheChain(feed);
        });

    [Fact]
    public async Task A_reader_that_finds_all_told_that_is_final_shows_what_is_confirmed()
    {
        Chain.Produce(60, 20);
        var feed = new ModelFeed(Chain.Options.Mint);
        await StepUntilAsync(feed, Walk(), () => feed.Tip.Finalized is not null);
        Assert.Equal((Chain.Slot(Commitment.Finalized), 0), (feed.Tip.Finalized!.Slot, feed.Tip.Unfinalized.Count));
        await FollowAsync(feed, Walk());
        Assert.Equal(Chain.Slot(Commitment.Confirmed), feed.Tip.Tip!.Slot);
    }

    /// <summary>What is confirmed is shown as a courtesy; what is final does not wait for it.</summary>
    [Fact]
    public async Task Finality_goes_on_while_what_is_confirmed_cannot_be_read()
    {
        Chain.Produce(60, 20);
        var feed = new ModelFeed(Chain.Options.Mint);
        var walk = Walk();
        await FollowAsync(feed, walk);
        Chain.Produce(40, 20);
        var finalized = feed.Tip.Finalized!.Slot;
        _node.Faults.Set(DevnetFault.Stale, new FaultRule { Method = "getSignaturesForAddress", Slots = 2 });
        await StepUntilAsync(feed, walk, () =>
        {
            // The histories of finalized slots are to be had while the node is a little behind with the newest.
            Chain.Produce(1, 20);
            return feed.Tip.Finalized!.Slot > finalized;
        });

        Assert.True(_node.Faults.Struck(DevnetFault.Stale) > 0);
        Assert.True(feed.Tip.Finalized!.Slot > finalized);
    }

    [Fact]
    public async Task A_feed_without_a_past_begins_with_the_newest_finalized_slot()
    {
        Chain.Produce(100, 20);
        var feed = new ModelFeed(Chain.Options.Mint);
        var walk = Walk(from: null);
        var began = Chain.Slot(Commitment.Finalized);
        await FollowAsync(feed, walk);
        Chain.Produce(60, 20);
        await FollowAsync(feed, walk);
        Chain.FinalizeAll();
        await FollowUntilSettledAsync(feed, walk);

        AssertEqualsTheChain(feed, after: began);
    }

    [Fact]
    public Task A_transaction_of_an_unknown_version_is_parked_alone() => OnChainAsync(
        new SimulatedChainOptions { Wallets = 30, AccountsPerWallet = 2, Mix = new TransactionMix { UnknownVersion = 10 } },
        async () =>
        {
            Chain.Produce(60, 20);
            Chain.FinalizeAll();
            var feed = new ModelFeed(Chain.Options.Mint);
            await FollowAsync(feed, Walk());

            var found = feed.Standing.Select(Key).ToHashSet(StringComparer.Ordinal);
            var missing = Chain.Ledger.Entries.Where(entry => entry.Movements.Any(movement => !found.Contains(Key((entry.Slot, movement))))).ToList();
            Assert.True(feed.Parked > 20);
            Assert.Equal(feed.Parked, missing.Count);
        });

    [Fact]
    public async Task Changes_are_heard_over_websocket_and_only_those_histories_are_read()
    {
        Chain.Produce(80, 10);
        Chain.FinalizeAll();
        var feed = new ModelFeed(Chain.Options.Mint);
        await using var subscriptions = new SolanaSubscriptions(_node.Server.Addresses.WebSocket, new SubscriptionOptions(), _metrics, TimeProvider.System);
        var news = new AccountNews(Chain.Options.Mint, subscriptions, _clock, NullLogger<AccountNews>.Instance);
        var walk = Walk(news: news);
        using var stop = new CancellationTokenSource();
        var listening = walk.ListenAsync(stop.Token);
        await FollowAsync(feed, walk);
        using var limit = new CancellationTokenSource(Patience);
        while (!news.IsLive)
        {
            Chain.Produce(1, 5);
            await Task.Delay(20, limit.Token);
        }

        // The clock stands still: nothing is compared and nothing is due, so what shows now was told.
        var (before, position) = (Chain.Slot(Commitment.Confirmed), feed.Tip.Position);
        Chain.Produce(5, 10);
        while (feed.Tip.Position == position || feed.Tip.Tip!.Slot <= before)
        {
            await StepAsync(feed, walk);
            await Task.Delay(20, limit.Token);
        }

        await stop.CancelAsync();
        await listening;
    }

    [Fact]
    public async Task Reading_by_blocks_goes_on_where_reading_by_accounts_stopped_and_the_other_way_round()
    {
        var feed = new ModelFeed(Chain.Options.Mint);
        Chain.Produce(60, 20);
        Chain.Forks = new ForkRate(0.1, Depth: 10, Relanded: 0.5);
        for (var round = 0; round < 6; round++)
        {
            IChainWalk walk = round % 2 == 0 ? Walk() : new BlockWalk(Chain.Options.Mint, 0, Rpc(), Decoder());
            for (var some = 0; some < 3; some++)
            {
                Chain.Produce(16, 20);
                await FollowAsync(feed, walk);
            }

            Assert.NotEmpty(feed.Tip.Unfinalized);
        }

        Chain.FinalizeAll();
        await FollowAsync(feed, new BlockWalk(Chain.Options.Mint, 0, Rpc(), Decoder()));
        AssertEqualsTheChain(feed);
    }

    /// <summary>A test on another chain.</summary>
    private async Task OnChainAsync(SimulatedChainOptions options, Func<Task> test)
    {
        await _node.DisposeAsync();
        _node = await DevnetNode.StartAsync(new SimulatedChain(options));
        await test();
    }

    private AccountWalk Walk(ulong? from = 0, AccountNews? news = null) => new(
        Chain.Options.Mint, from, Rpc(), Decoder(), news ?? new AccountNews(Chain.Options.Mint, null, _clock, NullLogger<AccountNews>.Instance), _clock, NullLogger<AccountWalk>.Instance);

    private SolanaRpc Rpc() => new(new RpcPool(
        new ChainAddresses([_node.Server.Addresses.Rpc], [], null), RpcFixture.Unlimited with { Attempts = 2 }, _http, _metrics, _system.Scheduler, TimeProvider.System));

    private TransferDecoder Decoder() => new(Chain.Options.Mint, Chain.Pools);

    /// <summary>Goes on until nothing is new although every pause is over.</summary>
    private async Task FollowAsync(ModelFeed feed, IChainWalk walk)
    {
        for (var (steps, idle) = (0, 0); idle < 3; steps++)
        {
            Assert.True(steps < 500, "The walk does not come to an end.");
            _clock.Advance(Pause);
            idle = await StepAsync(feed, walk) ? 0 : idle + 1;
        }
    }

    private async Task FollowUntilSettledAsync(ModelFeed feed, IChainWalk walk)
    {
        using var limit = new CancellationTokenSource(Patience);
        var last = Chain.Ledger.Entries[^1].Slot;
        while (!(feed.Tip.Finalized?.Slot >= last))
        {
            _clock.Advance(Pause);
            await StepAsync(feed, walk);
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Goes on until it is so.</summary>
    private async Task StepUntilAsync(ModelFeed feed, IChainWalk walk, Func<bool> reached)
    {
        for (var steps = 0; !reached(); steps++)
        {
            Assert.True(steps < 60, "The walk does not get on.");
            _clock.Advance(Pause);
            await StepAsync(feed, walk);
        }
    }

    /// <summary>One step; false when it came to nothing.</summary>
    private static async Task<bool> StepAsync(ModelFeed feed, IChainWalk walk)
    {
        try
        {
            if (await walk.NextAsync(feed.Tip, CancellationToken.None) is not { } command)
            {
                return false;
            }

            feed.Tell(command);
            return true;
        }
        catch (RpcUnavailableException)
        {
            return false;
        }
    }

    private void AssertEqualsTheChain(ModelFeed feed, ulong after = 0) => Assert.Equal(
        Chain.Ledger.Entries.Where(entry => entry.Slot > after).SelectMany(entry => entry.Movements, (entry, movement) => Key((entry.Slot, movement))).Order(StringComparer.Ordinal),
        feed.Standing.Select(Key).Order(StringComparer.Ordinal));

    private static string Key((ulong Slot, Movement Movement) line) =>
        $"{line.Slot} {line.Movement.Signature} {line.Movement.Kind} {line.Movement.Sender} {line.Movement.Recipient} {line.Movement.Amount} {line.Movement.Fee}";
}
