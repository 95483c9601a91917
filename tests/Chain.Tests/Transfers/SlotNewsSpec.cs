using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Chain.Devnet;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Tests.Devnet;
using WildNOut.Chain.Tests.Rpc;
using WildNOut.Chain.Transfers;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>Who waits for a new block is woken by the node, and without that waits as long as it may. The clock only moves when told, so a wait that ends was woken.</summary>
public sealed class SlotNewsSpec : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();
    private readonly RpcMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private DevnetNode _node = null!;
    private SolanaSubscriptions _subscriptions = null!;

    public async Task InitializeAsync()
    {
        _node = await DevnetNode.StartAsync();
        _subscriptions = new SolanaSubscriptions(_node.Server.Addresses.WebSocket, new SubscriptionOptions(), _metrics, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _subscriptions.DisposeAsync();
        await _node.DisposeAsync();
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_slot_ends_the_wait_at_once()
    {
        var news = News(_subscriptions);
        var listening = news.ListenAsync(_stop.Token);
        for (var times = 0; times < 3; times++)
        {
            await WokenAsync(news);
        }

        await _stop.CancelAsync();
        await listening;
    }

    [Fact]
    public async Task A_slot_that_came_while_nobody_waited_ends_the_next_wait()
    {
        var news = News(new Told());
        var listening = news.ListenAsync(_stop.Token);
        await news.WaitAsync(Pace, CancellationToken.None).WaitAsync(Patience);

        var next = news.WaitAsync(Pace, CancellationToken.None);
        Assert.False(next.IsCompleted);
        _clock.Advance(Pace);
        await next.WaitAsync(Patience);
        await _stop.CancelAsync();
        await listening;
    }

    [Fact]
    public async Task Without_a_websocket_the_wait_takes_its_time()
    {
        var news = News(null);
        await news.ListenAsync(_stop.Token);
        var wait = news.WaitAsync(Pace, CancellationToken.None);
        _clock.Advance(Pace - TimeSpan.FromMilliseconds(1));
        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_websocket_that_drops_is_made_anew_and_meanwhile_the_wait_takes_its_time()
    {
        var news = News(_subscriptions);
        var listening = news.ListenAsync(_stop.Token);
        await WokenAsync(news);

        _node.Faults.Set(DevnetFault.Down, new FaultRule { Method = "socket" });
        await Until(() =>
        {
            _node.Chain.Produce(1);
            return _node.Faults.Struck(DevnetFault.Down) > 0;
        });
        var wait = news.WaitAsync(Pace, CancellationToken.None);
        _clock.Advance(Pace);
        await wait.WaitAsync(Patience);

        _node.Faults.Clear();
        await WokenAsync(news);
        await _stop.CancelAsync();
        await listening;
    }

    [Fact]
    public async Task A_node_that_tells_no_slots_is_left_alone_for_a_while()
    {
        var refusing = new Told(new RpcException(-32601, "Method not found"));
        var news = News(refusing);
        var listening = news.ListenAsync(_stop.Token);
        for (var times = 1; times < 4; times++)
        {
            Assert.Equal(Listening.RefusedFor, await _clock.WaitedForAsync(Pace));
            Assert.Equal(times, refusing.Asked);
            _clock.Advance(Listening.RefusedFor);
        }

        await _stop.CancelAsync();
        _clock.Advance(Listening.RefusedFor);
        await listening.WaitAsync(Patience);
    }

    private SlotNews News(ISolanaSubscriptions? subscriptions) => new(subscriptions, _clock, NullLogger<SlotNews>.Instance);

    /// <summary>The chain goes on until somebody who waits has heard of it.</summary>
    private async Task WokenAsync(SlotNews news)
    {
        var wait = news.WaitAsync(Pace, CancellationToken.None);
        await Until(() =>
        {
            _node.Chain.Produce(1);
            return wait.IsCompleted;
        });
        await wait;
    }

    private static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Tells one slot and no more until it is no longer wanted, or refuses.</summary>
    private sealed class Told(RpcException? refusal = null) : ISolanaSubscriptions
    {
        public int Asked { get; private set; }

        public async IAsyncEnumerable<SlotNotice> SlotsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            Asked++;
            await Task.Yield();
            if (refusal is not null)
            {
                throw refusal;
            }

            yield return new SlotNotice(2, 1, 0);
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        public IAsyncEnumerable<SignatureInfo> MentionsAsync(string address, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();

        public IAsyncEnumerable<InContext<TokenAccount>> TokenAccountsAsync(string mint, Commitment commitment, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
