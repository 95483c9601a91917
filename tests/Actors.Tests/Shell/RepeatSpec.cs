using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Shell;

public sealed class RepeatSpec : ShellBench
{
    [Fact]
    public async Task A_repeat_gets_the_first_outcome_and_changes_nothing()
    {
        var jar = Start();
        await Ask(jar, new Put(1), "a", "1");
        await Ask(jar, new Put(5), "b", "5");

        Assert.Equal(new Coins(1, 1), Assert.IsType<Done>(await Ask(jar, new Put(1), "a", "1")).Reply);
        Assert.Equal(new Coins(6, 2), await AskCoins(jar, new Level()));
    }

    [Fact]
    public async Task A_repeat_is_recognised_while_the_first_is_still_being_written()
    {
        var jar = Start();
        Gate.Close();
        var first = Ask(jar, new Put(1), "a");
        var second = Ask(jar, new Put(1), "a");
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));
        Assert.False(second.IsCompleted);
        Gate.Open();

        await Task.WhenAll(first, second);
        Assert.Equal(new Coins(1, 1), await AskCoins(jar, new Level()));
    }

    [Fact]
    public async Task The_same_id_with_another_request_is_refused()
    {
        var jar = Start();
        await Ask(jar, new Put(1), "a", "1");

        Assert.Equal("idempotency_mismatch", Assert.IsType<Rejection>(await Ask(jar, new Put(2), "a", "2")).Code);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered_because_it_changed_nothing()
    {
        var jar = Start();
        Assert.IsType<Rejection>(await Ask(jar, new Take(1), "a"));
        await Ask(jar, new Put(1));

        Assert.Equal(new Coins(0, 2), await AskCoins(jar, new Take(1), "a"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public async Task Outcomes_are_rebuilt_from_events_and_snapshots(int before)
    {
        var jar = Start();
        for (var i = 0; i < before; i++)
        {
            await Ask(jar, new Put(1));
        }

        var first = await AskCoins(jar, new Put(10), "a");
        await Ask(jar, new Put(1));
        await Stop(jar);

        var again = Start();
        Assert.Equal(first, await AskCoins(again, new Put(10), "a"));
        Assert.Equal(before + 11, (await AskCoins(again, new Level())).Count);
    }

    [Fact]
    public async Task Only_the_newest_outcomes_are_kept()
    {
        var jar = Start();
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await Ask(jar, new Put(1), id);
        }

        Assert.Equal(5, (await AskCoins(jar, new Put(1), "a")).Count);
        Assert.Equal(4, (await AskCoins(jar, new Put(1), "d")).Count);
    }
}
