using System.Diagnostics.Metrics;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>How the pool finds an answer, and what counts as one.</summary>
public sealed class RpcPoolTests
{
    public static TheoryData<string> Nonsense => ["html", "garbage", "wrong id", "no id", "cut off", "abort", "too long", "array", "empty", "neither", "text", "two", "404", "500", "503", "302"];

    [Fact]
    public async Task The_first_primary_is_asked_as_long_as_it_answers()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 3, fallbacks: 1);
        fixture.Server.Otherwise = Reply.Result("7");
        Assert.Equal(7ul, await fixture.SlotAsync());
        Assert.Equal(7ul, await fixture.SlotAsync());

        Assert.Equal([2, 0, 0], fixture.Servers.Select(server => server.Calls.Count));
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task An_endpoint_that_answers_nonsense_counts_as_failed_and_another_is_asked_at_once(string kind)
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, options: RpcFixture.Unlimited with { MaxAnswerBytes = 100_000 });
        fixture.Server.Otherwise = kind switch
        {
            "html" => Reply.Body(_ => "<html><body>Sign in</body></html>", type: "text/html"),
            "garbage" => Reply.Body(_ => "}{"),
            "wrong id" => Reply.Body(call => $$"""{"jsonrpc":"2.0","id":{{call.Id + 1}},"result":9}"""),
            "no id" => Reply.Body(_ => """{"jsonrpc":"2.0","result":9}"""),
            "cut off" => Reply.Body(call => $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":9"""),
            "abort" => Reply.Abort,
            "too long" => Reply.Body(call => $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":9,"padding":"{{new string('x', 100_000)}}"}"""),
            "array" => Reply.Body(_ => "[]"),
            "empty" => Reply.Body(_ => string.Empty),
            "neither" => Reply.Body(call => $$"""{"jsonrpc":"2.0","id":{{call.Id}}}"""),
            "text" => Reply.Result("\"nine\""),
            "two" => Reply.Body(call => $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":9}{}"""),
            _ => Reply.Body(_ => "<html>", int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture)),
        };
        fixture.Servers[1].Otherwise = Reply.Result("8");
        for (var i = 0; i < fixture.Options.FailuresToOpen; i++)
        {
            Assert.Equal(8ul, await fixture.SlotAsync());
        }

        Assert.Equal(BreakerState.Open, fixture.Pool.Report()[0].Breaker);
        Assert.NotNull(fixture.Pool.Report()[0].LastError);
        Assert.Equal(8ul, await fixture.SlotAsync());
        Assert.Equal([fixture.Options.FailuresToOpen, fixture.Options.FailuresToOpen + 1], fixture.Servers.Select(server => server.Calls.Count));
    }

    [Fact]
    public async Task An_endpoint_that_nobody_listens_at_counts_as_failed()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        await fixture.Server.DisposeAsync();
        fixture.Servers[1].Otherwise = Reply.Result("8");

        Assert.Equal(8ul, await fixture.SlotAsync());
        Assert.Contains("connection failed", fixture.Pool.Report()[0].LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-32700)]
    [InlineData(-32601)]
    [InlineData(-32602)]
    [InlineData(-32603)]
    [InlineData(-32001)]
    [InlineData(-32010)]
    [InlineData(-32011)]
    [InlineData(-32015)]
    [InlineData(-32020)]
    [InlineData(-32603, 400)]
    public async Task An_error_that_others_would_give_too_is_an_answer(int code, int status = 200)
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        fixture.Server.Otherwise = Reply.Body(call => $$"""{"jsonrpc":"2.0","error":{"message":"No.","code":{{code}} },"id":{{call.Id}} }""", status);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(fixture.SlotAsync)).Code);
        }

        Assert.Empty(fixture.Servers[1].Calls);
        Assert.Equal((BreakerState.Closed, null), (fixture.Pool.Report()[0].Breaker, fixture.Pool.Report()[0].LastError));
    }

    [Theory]
    [InlineData(-32004)]
    [InlineData(-32005)]
    [InlineData(-32014)]
    [InlineData(-32016)]
    [InlineData(-32019)]
    [InlineData(429)]
    public async Task An_error_of_the_moment_is_asked_elsewhere_and_breaks_nothing(int code)
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        fixture.Server.Otherwise = Reply.Error(code);
        fixture.Servers[1].Otherwise = Reply.Result("8");
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(8ul, await fixture.SlotAsync());
            fixture.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(BreakerState.Closed, fixture.Pool.Report()[0].Breaker);
    }

    [Fact]
    public async Task The_only_endpoint_is_asked_again_after_waits_that_grow_and_then_nobody_could_answer()
    {
        await using var fixture = await RpcFixture.StartAsync(options: RpcFixture.Unlimited with { Attempts = 4 });
        fixture.Server.Otherwise = Reply.Error(-32004);
        var call = fixture.SlotAsync();
        TimeSpan[] waits = [await fixture.PassAsync(), await fixture.PassAsync(), await fixture.PassAsync()];

        var failure = await Assert.ThrowsAsync<RpcUnavailableException>(() => call);
        Assert.Equal(-32004, Assert.IsType<RpcException>(failure.InnerException).Code);
        Assert.Equal(4, fixture.Server.Calls.Count);
        Assert.InRange(waits[0].TotalMilliseconds, 125, 250);
        Assert.InRange(waits[1].TotalMilliseconds, 250, 500);
        Assert.InRange(waits[2].TotalMilliseconds, 500, 1_000);
    }

    [Fact]
    public async Task An_endpoint_that_is_silent_fails_after_the_limit()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        var asked = new TaskCompletionSource();
        fixture.Server.Then(Reply.Never(asked));
        fixture.Servers[1].Otherwise = Reply.Result("8");
        var call = fixture.SlotAsync();
        await asked.Task;
        fixture.Advance(fixture.Options.CallTimeout);

        Assert.Equal(8ul, await call);
        Assert.Contains("no answer in 15 s", fixture.Pool.Report()[0].LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_goes_away_ends_the_call_and_says_nothing_of_the_endpoint()
    {
        await using var fixture = await RpcFixture.StartAsync();
        using var away = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        fixture.Server.Then(Reply.Never(asked));
        var call = fixture.Rpc.GetSlotAsync(Commitment.Finalized, away.Token);
        await asked.Task;
        await away.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(fixture.Pool.Report()[0].LastError);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Compressed_answers_are_read_and_bounded_by_their_real_size(string encoding)
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, options: RpcFixture.Unlimited with { MaxAnswerBytes = 100_000 });
        fixture.Server.Then(Reply.Compressed(encoding, call => $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":7}"""));
        fixture.Server.Then(Reply.Compressed(encoding, call => $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":7,"bomb":"{{new string('0', 10_000_000)}}"}"""));
        fixture.Servers[1].Otherwise = Reply.Result("8");
        Assert.Equal(7ul, await fixture.SlotAsync());
        Assert.Equal(8ul, await fixture.SlotAsync());
    }

    [Fact]
    public async Task Without_endpoints_nobody_can_answer()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 0);
        await Assert.ThrowsAsync<RpcUnavailableException>(fixture.SlotAsync);
        Assert.Empty(fixture.Pool.Report());
    }

    [Fact]
    public async Task Reports_and_failures_tell_hosts_and_no_keys()
    {
        await using var fixture = await RpcFixture.StartAsync();
        var address = new UriBuilder(fixture.Server.Address) { Path = "/v2/hidden-path", Query = "api-key=hidden-query", UserName = "hidden-name", Password = "hidden-word" }.Uri;
        using var http = RpcTransport.Client();
        using var system = Akka.Actor.ActorSystem.Create("keys");
        var pool = new RpcPool(new ChainAddresses([address, address], [], null), RpcFixture.Unlimited with { Attempts = 2 }, http, fixture.Metrics, system.Scheduler, fixture.Clock);
        fixture.Server.Otherwise = Reply.Body(call => "hidden-name", 500);
        var failure = await Assert.ThrowsAsync<RpcUnavailableException>(() => new SolanaRpc(pool).GetSlotAsync(Commitment.Finalized, CancellationToken.None));

        Assert.DoesNotContain("hidden", failure.ToString() + string.Concat(pool.Report()), StringComparison.Ordinal);
        Assert.Equal([address.Authority, address.Authority + "#2"], pool.Report().Select(endpoint => endpoint.Endpoint));
        Assert.Equal("Basic " + Convert.ToBase64String("hidden-name:hidden-word"u8), fixture.Server.Calls[0].Authorization);
        await system.Terminate();
    }

    [Fact]
    public async Task Calls_are_counted_by_endpoint_method_and_outcome()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        List<string> seen = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "wildnout.rpc.calls")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        var ports = fixture.Servers.Select(server => server.Address.Authority).ToHashSet();
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (ports.Contains((string)tags[0].Value!))
            {
                lock (seen)
                {
                    seen.Add($"{tags[1].Value} {tags[2].Value} {count}");
                }
            }
        });
        listener.Start();
        fixture.Server.Otherwise = Reply.Status(500);
        await fixture.SlotAsync();

        Assert.Equal(["getSlot failed 1", "getSlot answered 1"], seen);
    }
}
