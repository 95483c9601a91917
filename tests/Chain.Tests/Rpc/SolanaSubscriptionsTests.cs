using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>What is heard over the WebSocket, and how every sequence ends.</summary>
public sealed class SolanaSubscriptionsTests : IAsyncLifetime, IDisposable
{
    private const string Mint = "DevMint1111111111111111111111111111111111111";
    private readonly TestClock _clock = new();
    private readonly RpcMetrics _metrics = new();
    private readonly SubscriptionOptions _options = new() { MaxWaiting = 4, MaxMessageBytes = 10_000 };
    private ScriptedRpcServer _server = null!;
    private SolanaSubscriptions _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ScriptedRpcServer.StartAsync();
        _client = new SolanaSubscriptions(_server.WebSocket, _options, _metrics, _clock);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Slots_come_as_the_node_hears_of_them()
    {
        await using var slots = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator();
        var next = slots.MoveNextAsync();
        var socket = await AcceptAsync();
        Assert.Equal(("slotSubscribe", "[]"), Text(await socket.ConfirmAsync(7)));
        await socket.NotifyAsync(99, Slot(1));
        await socket.NotifyAsync(7, Slot(904));

        Assert.True(await next);
        Assert.Equal(new SlotNotice(904, 903, 872), slots.Current);
    }

    [Fact]
    public async Task Mentions_and_accounts_share_the_connection()
    {
        await using var mentions = _client.MentionsAsync(Mint, Commitment.Confirmed, CancellationToken.None).GetAsyncEnumerator();
        var mention = mentions.MoveNextAsync();
        var socket = await AcceptAsync();
        Assert.Equal(("logsSubscribe", $$"""[{"mentions":["{{Mint}}"]},{"commitment":"confirmed"}]"""), Text(await socket.ConfirmAsync(7)));
        await using var accounts = _client.TokenAccountsAsync(Mint, Commitment.Finalized, CancellationToken.None).GetAsyncEnumerator();
        var account = accounts.MoveNextAsync();
        string[] programs = [(await socket.ConfirmAsync(8)).Parameters[0].GetString()!, (await socket.ConfirmAsync(9)).Parameters[0].GetString()!];
        Assert.Equal(TokenPrograms.All, programs);

        await socket.NotifyAsync(9, """{"context":{"slot":904},"value":{"pubkey":"m","account":{"data":{"parsed":{"type":"mint"}}}}}""");
        await socket.NotifyAsync(9, "{\"context\":{\"slot\":905},\"value\":{\"pubkey\":\"a\",\"account\":{\"data\":{\"parsed\":{\"type\":\"account\",\"info\":{\"mint\":\""
            + Mint + "\",\"owner\":\"o\",\"tokenAmount\":{\"amount\":\"5\"}}}}}}}");
        await socket.NotifyAsync(7, """{"context":{"slot":903},"value":{"signature":"s","err":{"x":1},"logs":["Program"]}}""");
        Assert.True(await account);
        Assert.True(await mention);
        Assert.Equal(new InContext<TokenAccount>(905, new TokenAccount("a", "o", 5)), accounts.Current);
        Assert.Equal(new SignatureInfo("s", 903, true), mentions.Current);
    }

    [Fact]
    public async Task A_listener_that_leaves_unsubscribes()
    {
        using var away = new CancellationTokenSource();
        var slots = _client.SlotsAsync(away.Token).GetAsyncEnumerator();
        var next = slots.MoveNextAsync();
        var socket = await AcceptAsync();
        await socket.ConfirmAsync(7);
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);

        Assert.Equal(("slotUnsubscribe", "[7]"), Text(await socket.AskedAsync()));
    }

    [Fact]
    public async Task A_listener_that_leaves_before_the_node_confirms_unsubscribes_then()
    {
        using var away = new CancellationTokenSource();
        var next = _client.SlotsAsync(away.Token).GetAsyncEnumerator().MoveNextAsync();
        var socket = await AcceptAsync();
        var asked = await socket.AskedAsync();
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await socket.SendAsync($$"""{"jsonrpc":"2.0","result":7,"id":{{asked.Id}} }""");

        Assert.Equal(("slotUnsubscribe", "[7]"), Text(await socket.AskedAsync()));
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("close")]
    [InlineData("garbage")]
    [InlineData("too long")]
    [InlineData("bad slot")]
    [InlineData("silence")]
    public async Task A_connection_that_ends_ends_every_sequence_with_an_exception(string how)
    {
        var slots = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator();
        var slot = slots.MoveNextAsync();
        var socket = await AcceptAsync();
        await socket.ConfirmAsync(7);
        var mention = _client.MentionsAsync(Mint, Commitment.Confirmed, CancellationToken.None).GetAsyncEnumerator().MoveNextAsync();
        await socket.ConfirmAsync(8);
        await socket.NotifyAsync(7, Slot(1));
        Assert.True(await slot);
        slot = slots.MoveNextAsync();
        switch (how)
        {
            case "drop":
                socket.Drop();
                break;
            case "close":
                await socket.CloseAsync();
                break;
            case "garbage":
                await socket.SendAsync("<html>");
                break;
            case "too long":
                await socket.SendAsync($"\"{new string('x', 20_000)}\"");
                break;
            case "bad slot":
                await socket.NotifyAsync(7, """{"slot":"1"}""");
                break;
            default:
                _clock.Advance(_options.Silence);
                break;
        }

        await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await slot);
        await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await mention);
    }

    [Fact]
    public async Task After_a_drop_the_next_listener_connects_anew_at_once()
    {
        for (var round = 0; round < 3; round++)
        {
            var slots = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator();
            var slot = slots.MoveNextAsync();
            var socket = await AcceptAsync();
            await socket.ConfirmAsync(7);
            await socket.NotifyAsync(7, Slot(1));
            Assert.True(await slot);
            slot = slots.MoveNextAsync();
            socket.Drop();
            await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await slot);
        }
    }

    [Fact]
    public async Task After_connections_that_told_nothing_the_next_waits_longer_and_longer()
    {
        foreach (var (least, most) in new[] { (0, 0), (250, 500), (500, 1_000) })
        {
            var slot = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator().MoveNextAsync();
            if (most > 0)
            {
                Assert.InRange((await WaitAsync()).TotalMilliseconds, least, most);
            }

            var socket = await _server.SocketAsync();
            socket.Drop();
            await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await slot);
        }

        async Task<TimeSpan> WaitAsync()
        {
            while (true)
            {
                var wait = await _clock.WaitedForAsync(_options.ConfirmTimeout);
                if (wait < _options.ConfirmTimeout)
                {
                    _clock.Advance(wait + TimeSpan.FromMilliseconds(1));
                    return wait;
                }
            }
        }
    }

    [Fact]
    public async Task Nobody_there_ends_the_sequence_with_an_exception()
    {
        await _server.DisposeAsync();
        await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task A_node_that_refuses_is_an_answer_and_the_connection_stays()
    {
        var refused = _client.MentionsAsync("x", Commitment.Confirmed, CancellationToken.None).GetAsyncEnumerator().MoveNextAsync();
        var socket = await AcceptAsync();
        var asked = await socket.AskedAsync();
        await socket.SendAsync($$"""{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid param"},"id":{{asked.Id}} }""");
        Assert.Equal(-32602, (await Assert.ThrowsAsync<RpcException>(async () => await refused)).Code);

        await using var slots = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator();
        var slot = slots.MoveNextAsync();
        await socket.ConfirmAsync(7);
        await socket.NotifyAsync(7, Slot(1));
        Assert.True(await slot);
    }

    [Fact]
    public async Task A_node_that_does_not_confirm_ends_the_sequence()
    {
        var slot = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator().MoveNextAsync();
        var socket = await AcceptAsync();
        await socket.AskedAsync();
        _clock.Advance(_options.ConfirmTimeout);
        await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await slot);
    }

    [Fact]
    public async Task A_slow_listener_loses_the_oldest_slots_and_other_sequences_end()
    {
        await using var slots = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator();
        var slot = slots.MoveNextAsync();
        var socket = await AcceptAsync();
        await socket.ConfirmAsync(7);
        await using var mentions = _client.MentionsAsync(Mint, Commitment.Confirmed, CancellationToken.None).GetAsyncEnumerator();
        var mention = mentions.MoveNextAsync();
        await socket.ConfirmAsync(8);
        await using var fast = _client.SlotsAsync(CancellationToken.None).GetAsyncEnumerator();
        var marker = fast.MoveNextAsync();
        await socket.ConfirmAsync(9);
        await socket.NotifyAsync(7, Slot(1));
        await socket.NotifyAsync(8, Mention(1));
        Assert.True(await slot);
        Assert.True(await mention);
        for (var i = 2u; i <= 10; i++)
        {
            await socket.NotifyAsync(7, Slot(i));
            await socket.NotifyAsync(8, Mention(i));
        }

        await socket.NotifyAsync(9, Slot(1));
        Assert.True(await marker);
        for (var i = 7u; i <= 10; i++)
        {
            Assert.True(await slots.MoveNextAsync());
            Assert.Equal(i, slots.Current.Slot);
        }

        for (var i = 2u; i <= 5; i++)
        {
            Assert.True(await mentions.MoveNextAsync());
            Assert.Equal(i, mentions.Current.Slot);
        }

        await Assert.ThrowsAsync<SubscriptionEndedException>(async () => await mentions.MoveNextAsync());
    }

    private static string Slot(ulong slot) => $$"""{"parent":{{slot - 1}},"root":{{(slot > 32 ? slot - 32 : 0)}},"slot":{{slot}} }""";

    private static string Mention(ulong slot) => "{\"context\":{\"slot\":" + slot + "},\"value\":{\"signature\":\"s\",\"err\":null,\"logs\":[]}}";

    private static (string Method, string Parameters) Text(ScriptedCall call) => (call.Method, call.Parameters.GetRawText());

    /// <summary>The connection, whose first subscription keeps it from being silent.</summary>
    private async Task<ScriptedSocket> AcceptAsync()
    {
        var socket = await _server.SocketAsync();
        Assert.Equal("slotSubscribe", (await socket.ConfirmAsync(1)).Method);
        return socket;
    }
}
