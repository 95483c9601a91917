using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>How the pool waits: for endpoints that are throttled, and for its own limits.</summary>
public sealed class RpcPoolPacingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_storm_of_throttles_is_waited_for_as_long_as_it_says_and_nobody_is_asked_before()
    {
        await using var fixture = await RpcFixture.StartAsync();
        fixture.Server.Then(Reply.Status(429, "7"), Reply.Status(429, "3"), Reply.Status(429, "5"));
        fixture.Server.Otherwise = Reply.Result("8");
        var call = fixture.SlotAsync();
        for (var round = 0; round < 3; round++)
        {
            var told = TimeSpan.FromSeconds(new[] { 7, 3, 5 }[round]);
            Assert.Equal(told, await fixture.Clock.WaitedForAsync(fixture.Options.CallTimeout));
            fixture.Advance(told - Second);
            Assert.Equal(round + 1, fixture.Server.Calls.Count);
            fixture.Advance(Second);
        }

        Assert.Equal(8ul, await call);
        Assert.Equal(BreakerState.Closed, fixture.Pool.Report()[0].Breaker);
    }

    [Fact]
    public async Task A_call_that_waits_for_a_token_does_not_go_out_into_a_pause_that_begins_meanwhile()
    {
        await using var fixture = await RpcFixture.StartAsync(options: new RpcPoolOptions { CallsPerWindow = 5, CallsPerMethodPerWindow = 0 });
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        fixture.Server.Then(async (call, http) =>
        {
            asked.SetResult();
            await answer.Task;
            await Reply.Status(429, "20")(call, http);
        });
        var first = fixture.SlotAsync();
        await asked.Task;
        var second = fixture.SlotAsync();
        Assert.Equal(2_500, (await fixture.Clock.WaitedForAsync(fixture.Options.CallTimeout)).TotalMilliseconds);
        answer.SetResult();
        Assert.Equal(20, (await fixture.Clock.WaitedForAsync(fixture.Options.CallTimeout)).TotalSeconds);
        fixture.Advance(TimeSpan.FromSeconds(2.5));
        Assert.InRange((await fixture.Clock.WaitedForAsync(fixture.Options.CallTimeout)).TotalSeconds, 17.5, 30);
        Assert.Single(fixture.Server.Calls);

        fixture.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(first, second);
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("Fri, 02 Jan 2026 03:04:25 GMT", 20)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", 0)]
    [InlineData("86400", 3_600)]
    public async Task A_throttle_with_a_time_pauses_the_endpoint_until_then(string retryAfter, int seconds)
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        fixture.Server.Then(Reply.Status(429, retryAfter));
        fixture.Server.Otherwise = Reply.Result("7");
        fixture.Servers[1].Otherwise = Reply.Result("8");
        Assert.Equal(8ul, await fixture.SlotAsync());
        Assert.Equal(seconds == 0 ? null : fixture.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), fixture.Pool.Report()[0].ThrottledUntil);
        if (seconds > 0)
        {
            fixture.Advance(TimeSpan.FromSeconds(seconds) - Second);
            Assert.Equal(8ul, await fixture.SlotAsync());
        }

        fixture.Advance(Second);
        Assert.Equal(7ul, await fixture.SlotAsync());
    }

    [Fact]
    public async Task A_throttle_without_a_time_pauses_longer_each_time()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2);
        fixture.Server.Otherwise = Reply.Error(-32005, "Daily request count exceeded");
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            await fixture.SlotAsync();
            Assert.Equal(fixture.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), fixture.Pool.Report()[0].ThrottledUntil);
            fixture.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task When_all_are_paused_for_long_the_call_ends_at_once()
    {
        await using var fixture = await RpcFixture.StartAsync();
        fixture.Server.Otherwise = Reply.Status(429, "120");

        await Assert.ThrowsAsync<RpcUnavailableException>(fixture.SlotAsync);
        await Assert.ThrowsAsync<RpcUnavailableException>(fixture.SlotAsync);
        Assert.Single(fixture.Server.Calls);
    }

    [Fact]
    public async Task Calls_beyond_the_limit_wait_for_a_token()
    {
        await using var fixture = await RpcFixture.StartAsync(options: new RpcPoolOptions { CallsPerWindow = 10, CallsPerMethodPerWindow = 0 });
        await fixture.SlotAsync();
        await fixture.SlotAsync();
        var third = fixture.SlotAsync();

        Assert.Equal(1_250, (await fixture.PassAsync()).TotalMilliseconds);
        await third;
        Assert.Equal(3, fixture.Server.Calls.Count);
    }

    [Fact]
    public async Task A_method_beyond_its_limit_goes_elsewhere_and_other_methods_stay()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, options: new RpcPoolOptions { CallsPerWindow = 0, CallsPerMethodPerWindow = 5 });
        fixture.Server.Otherwise = Reply.Result("null");
        await fixture.Rpc.GetTransactionAsync("s", Commitment.Finalized, CancellationToken.None);
        fixture.Server.Otherwise = fixture.Servers[1].Otherwise = Reply.Result("7");
        await fixture.SlotAsync();
        await fixture.SlotAsync();

        Assert.Equal(["getTransaction", "getSlot"], fixture.Server.Calls.Select(call => call.Method));
        Assert.Equal(["getSlot"], fixture.Servers[1].Calls.Select(call => call.Method));
    }
}
