using WildNOut.Actors.Limits;
using WildNOut.Web.Limits;

namespace WildNOut.Web.Tests.Limits;

/// <summary>A limit holds for all nodes together.</summary>
public sealed class ClusterLimitTests
{
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 1)]
    [InlineData(2)]
    public async Task A_caller_gets_exactly_the_limit_whatever_nodes_it_goes_through(params int[] nodes)
    {
        await using var cluster = new LimitedNodes();
        for (var caller = 0; caller < 10; caller++)
        {
            Assert.Equal(100, await cluster.FloodAsync($"ada-{caller}", 400, nodes));
        }
    }

    [Fact]
    public async Task The_limit_holds_when_a_caller_changes_the_node_at_the_end()
    {
        await using var cluster = new LimitedNodes();
        Assert.Equal(90, await cluster.FloodAsync("ada", 90, 0, 1));
        Assert.Equal(10, await cluster.FloodAsync("ada", 50, 2));
        Assert.Equal(0, await cluster.FloodAsync("ada", 50, 0, 1, 2));
    }

    [Fact]
    public async Task A_caller_with_few_requests_costs_no_message()
    {
        await using var cluster = new LimitedNodes();
        for (var caller = 0; caller < 1_000; caller++)
        {
            Assert.Equal(16, await cluster.FloodAsync($"ada-{caller}", 16, 0));
        }

        Assert.Equal(0, cluster.Asked);
    }

    [Fact]
    public async Task A_caller_beyond_the_limit_soon_costs_no_message_any_more()
    {
        await using var cluster = new LimitedNodes();
        await cluster.FloodAsync("ada", 200, 0, 1, 2);
        await cluster.FloodAsync("ada", 200, 0, 1, 2);
        var asked = cluster.Asked;
        Assert.InRange(asked, 1, 100);
        await cluster.FloodAsync("ada", 2_000, 0, 1, 2);
        Assert.Equal(asked, cluster.Asked);
    }

    [Fact]
    public async Task What_is_left_is_told_and_goes_down_to_nothing()
    {
        await using var cluster = new LimitedNodes();
        var told = new List<int>();
        for (var number = 0; number < 100; number++)
        {
            told.Add((await cluster.Nodes[0].TakeAsync("ada")).Remaining);
        }

        Assert.Equal(Enumerable.Range(0, 100).Reverse(), told);
        var refused = await cluster.Nodes[1].TakeAsync("ada");
        Assert.Equal((false, 0), (refused.Admitted, refused.Remaining));
        Assert.InRange(refused.Seconds, 1, 60);
    }

    [Fact]
    public async Task The_next_window_begins_by_itself_on_every_node()
    {
        await using var cluster = new LimitedNodes();
        Assert.Equal(100, await cluster.FloodAsync("ada", 200, 0, 1, 2));
        var seconds = (await cluster.Nodes[0].TakeAsync("ada")).Seconds;
        cluster.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(100, await cluster.FloodAsync("ada", 200, 0, 1, 2));
        cluster.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await cluster.FloodAsync("ada", 20, 0, 1, 2));
    }

    [Fact]
    public async Task Owners_that_start_anew_learn_what_was_given_out()
    {
        await using var cluster = new LimitedNodes();
        var admitted = 0;
        for (var turn = 0; turn < 20; turn++)
        {
            admitted += await cluster.FloodAsync("ada", 11, 0, 1, 2);
            cluster.ForgetOwners();
        }

        Assert.Equal(100, admitted);
    }

    [Fact]
    public async Task Without_an_owner_each_node_gives_out_its_own_part_and_no_more()
    {
        await using var cluster = new LimitedNodes();
        cluster.CutOff();
        var flood = cluster.FloodAsync(cluster.WithLongWindow(), 400, 0, 1, 2);
        await cluster.UntilAsync(() => Task.FromResult(flood.IsCompleted), TimeSpan.FromSeconds(1));
        Assert.InRange(await flood, 90, 3 * 33 + 2);
    }

    [Fact]
    public async Task An_owner_that_comes_back_is_asked_again()
    {
        await using var cluster = new LimitedNodes();
        cluster.CutOff();
        var flood = cluster.FloodAsync(cluster.WithLongWindow(), 17, 0);
        await cluster.UntilAsync(() => Task.FromResult(flood.IsCompleted), TimeSpan.FromSeconds(1));
        cluster.CutOff(false);
        cluster.Clock.Advance(PermitKeeper.LeaveAlone);
        Assert.Equal(100, await cluster.FloodAsync(cluster.WithLongWindow(), 300, 0, 1));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_costs_its_own_part_only()
    {
        await using var cluster = new LimitedNodes();
        await cluster.SilenceAsync(2);
        var flood = cluster.FloodAsync(cluster.WithLongWindow(), 400, 0, 1);
        await cluster.UntilAsync(() => Task.FromResult(flood.IsCompleted), QuotaOwner.ReportWithin / 8);
        Assert.Equal(100 - 16, await flood);
    }

    [Fact]
    public async Task Callers_and_rules_do_not_share_permits()
    {
        await using var cluster = new LimitedNodes();
        Assert.Equal(100, await cluster.FloodAsync("ada", 300, 0, 1, 2));
        Assert.Equal(100, await cluster.FloodAsync("bob", 300, 0, 1, 2));
        Assert.True((await cluster.Nodes[0].TakeAsync("ada", cluster.Nodes[0].Rules.Feed)).Admitted);
        Assert.True(cluster.Nodes[0].Limiter.TryTake(cluster.Nodes[0].Rules.Default, new CallerKey("ada", IsUser: false), out var address) && address.Admitted);
    }

    [Fact]
    public async Task Failures_on_all_nodes_lock_out_on_all_nodes_until_the_lock_out_ends_by_itself()
    {
        await using var cluster = new LimitedNodes();
        foreach (var node in new[] { 0, 1, 2, 0, 1 })
        {
            var attempt = await cluster.Nodes[node].TakeAsync("ada", cluster.Nodes[node].Rules.Auth);
            Assert.True(attempt.Admitted);
            cluster.Nodes[node].Fail("ada");
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // Five minutes have gone by since the first failure: ten are left, on every node, whatever its windows allow.
        foreach (var node in cluster.Nodes)
        {
            await cluster.UntilAsync(async () => (await node.TakeAsync("ada", node.Rules.Auth)).LockedOut);
        }

        cluster.Clock.Advance(TimeSpan.FromMinutes(9));
        foreach (var node in cluster.Nodes)
        {
            var attempt = await node.TakeAsync("ada", node.Rules.Auth);
            Assert.Equal((false, true), (attempt.Admitted, attempt.LockedOut));
            Assert.InRange(attempt.Seconds, 59, 60);
        }

        Assert.True((await cluster.Nodes[0].TakeAsync("bob", cluster.Nodes[0].Rules.Auth)).Admitted);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var node in cluster.Nodes)
        {
            Assert.True((await node.TakeAsync("ada", node.Rules.Auth)).Admitted);
        }
    }

    [Fact]
    public async Task Attempts_are_five_a_minute_on_all_nodes_together()
    {
        await using var cluster = new LimitedNodes();
        var admitted = 0;
        for (var number = 0; number < 30; number++)
        {
            var node = cluster.Nodes[number % 3];
            admitted += (await node.TakeAsync("ada", node.Rules.Auth)).Admitted ? 1 : 0;
        }

        Assert.Equal(5, admitted);
    }

    [Fact]
    public async Task A_lock_out_outlives_the_owner()
    {
        await using var cluster = new LimitedNodes();
        foreach (var node in new[] { 0, 0, 0, 1, 1 })
        {
            await cluster.Nodes[node].TakeAsync("ada", cluster.Nodes[node].Rules.Auth);
            cluster.Nodes[node].Fail("ada");
        }

        cluster.ForgetOwners();
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await cluster.Nodes[2].TakeAsync("ada", cluster.Nodes[2].Rules.Auth)).LockedOut);
    }
}
