using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>Whom the pool asks, as endpoints break, come back, lag and slow down.</summary>
public sealed class RpcPoolHealthTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task An_endpoint_that_refuses_us_is_set_aside(int status)
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, fallbacks: 1);
        fixture.Server.Otherwise = Reply.Body(_ => "Forbidden", status);
        await fixture.SlotAsync();
        fixture.Advance(fixture.Options.BlockedFor - Second);
        await fixture.SlotAsync();
        Assert.Single(fixture.Server.Calls);

        fixture.Advance(Second);
        await fixture.SlotAsync();
        Assert.Equal(2, fixture.Server.Calls.Count);
        Assert.Equal(BreakerState.Closed, fixture.Pool.Report()[0].Breaker);
    }

    [Fact]
    public async Task An_endpoint_that_is_back_takes_two_answers_to_be_trusted()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, fallbacks: 1);
        fixture.Server.Otherwise = Reply.Status(500);
        for (var i = 0; i < 5; i++)
        {
            await fixture.SlotAsync();
        }

        fixture.Server.Otherwise = Reply.Result("1");
        await fixture.SlotAsync();
        Assert.Equal(5, fixture.Server.Calls.Count);
        fixture.Advance(fixture.Options.OpenFor);
        await fixture.SlotAsync();
        Assert.Equal(BreakerState.HalfOpen, fixture.Pool.Report()[0].Breaker);
        await fixture.SlotAsync();
        Assert.Equal(BreakerState.Closed, fixture.Pool.Report()[0].Breaker);
        Assert.Equal(7, fixture.Server.Calls.Count);
    }

    [Fact]
    public async Task While_one_call_finds_out_whether_the_only_endpoint_is_back_the_others_wait_for_it()
    {
        await using var fixture = await RpcFixture.StartAsync();
        fixture.Server.Otherwise = Reply.Status(500);
        for (var i = 0; i < fixture.Options.FailuresToOpen; i++)
        {
            await fixture.Pool.ProbeAsync(CancellationToken.None);
        }

        await Assert.ThrowsAsync<RpcUnavailableException>(fixture.SlotAsync);
        fixture.Server.Otherwise = Reply.Result("1");
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        fixture.Server.Then(async (call, http) =>
        {
            asked.SetResult();
            await answer.Task;
            await Reply.Result("9")(call, http);
        });
        fixture.Advance(fixture.Options.OpenFor);
        var trial = fixture.SlotAsync();
        await asked.Task;
        var other = fixture.SlotAsync();
        Assert.Equal(fixture.Options.LeastBackoff, await fixture.Clock.WaitedForAsync(fixture.Options.CallTimeout));
        answer.SetResult();
        Assert.Equal(9ul, await trial);
        fixture.Advance(fixture.Options.LeastBackoff);
        Assert.Equal(1ul, await other);
        Assert.Equal(BreakerState.Closed, fixture.Pool.Report()[0].Breaker);
    }

    [Fact]
    public async Task Probes_bring_an_endpoint_back_that_nobody_asks()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, fallbacks: 1);
        fixture.Servers[1].Otherwise = Reply.Status(500);
        for (var i = 0; i < 5; i++)
        {
            await fixture.Pool.ProbeAsync(CancellationToken.None);
        }

        Assert.Equal(BreakerState.Open, fixture.Pool.Report()[1].Breaker);
        fixture.Servers[1].Otherwise = Reply.Result("1");
        fixture.Advance(fixture.Options.OpenFor);
        await fixture.Pool.ProbeAsync(CancellationToken.None);
        await fixture.Pool.ProbeAsync(CancellationToken.None);
        Assert.Equal(BreakerState.Closed, fixture.Pool.Report()[1].Breaker);
    }

    [Fact]
    public async Task An_endpoint_behind_the_best_is_not_asked_while_another_can_be()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 3, fallbacks: 1);
        fixture.Server.Otherwise = Reply.Result("949");
        fixture.Servers[1].Otherwise = Reply.Status(403);
        fixture.Servers[2].Otherwise = Reply.Result("1000");
        await fixture.Pool.ProbeAsync(CancellationToken.None);
        Assert.Equal(1_000ul, await fixture.SlotAsync());
        Assert.Equal((949ul, 51ul), (fixture.Pool.Report()[0].Slot, fixture.Pool.Report()[0].Lag));

        fixture.Servers[2].Otherwise = Reply.Status(403);
        Assert.Equal(949ul, await fixture.SlotAsync());
        fixture.Server.Otherwise = Reply.Result("950");
        await fixture.Pool.ProbeAsync(CancellationToken.None);
        Assert.Equal(50ul, fixture.Pool.Report()[0].Lag);
    }

    [Fact]
    public async Task A_slow_endpoint_is_not_asked_while_a_quicker_one_of_its_rank_can_be()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 3, fallbacks: 1);
        fixture.Server.Then(async (call, http) =>
        {
            // The others are done before time passes.
            while (fixture.Pool.Report().Skip(1).Any(other => other.Slot is null))
            {
                await Task.Yield();
            }

            fixture.Clock.Advance(fixture.Options.SlowAfter * 2);
            await Reply.Result("9")(call, http);
        });
        await fixture.Pool.ProbeAsync(CancellationToken.None);
        await fixture.SlotAsync();
        Assert.Equal([1, 2, 1], fixture.Servers.Select(server => server.Calls.Count));

        await fixture.Pool.ProbeAsync(CancellationToken.None);
        await fixture.SlotAsync();
        Assert.Equal([3, 3, 2], fixture.Servers.Select(server => server.Calls.Count));
    }

    [Fact]
    public async Task An_endpoint_that_says_it_is_behind_is_left_alone_until_a_probe()
    {
        await using var fixture = await RpcFixture.StartAsync(servers: 2, fallbacks: 1);
        fixture.Server.Then(Reply.Error(-32005, "Node is unhealthy", """{"numSlotsBehind":42}"""));
        fixture.Server.Otherwise = Reply.Result("7");
        fixture.Servers[1].Otherwise = Reply.Result("8");
        Assert.Equal(8ul, await fixture.SlotAsync());
        Assert.Equal(8ul, await fixture.SlotAsync());
        Assert.Null(fixture.Pool.Report()[0].ThrottledUntil);

        await fixture.Pool.ProbeAsync(CancellationToken.None);
        Assert.Equal(7ul, await fixture.SlotAsync());
    }
}
