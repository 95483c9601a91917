using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Shell;

public sealed class JournalFailureSpec() : ShellBench(serialize: false)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_or_rejected_write_stops_the_entity_and_tells_everybody_who_waits(bool fails)
    {
        var jar = Start();
        await Ask(jar, new Put(1));
        Watch(jar);
        Gate.Close();
        var written = Ask(jar, new Put(10));
        await AwaitAssertAsync(() => Assert.Equal(2, Gate.Rows.Count));
        var queued = Ask(jar, new Put(100));
        var read = Ask(jar, new Level());
        await Ask(Start("bystander"), new Level());
        (Gate.Fails, Gate.Rejects) = (fails, !fails);
        Gate.Open();

        Assert.IsType<Unavailable>(await written);
        Assert.IsType<Unavailable>(await queued);
        Assert.IsType<Unavailable>(await read);
        await ExpectTerminatedAsync(jar);
        Assert.Single(Announced);
    }

    [Fact]
    public async Task After_a_failure_the_entity_comes_back_with_what_was_durable()
    {
        var jar = Start();
        await Ask(jar, new Put(7));
        Watch(jar);
        Gate.Fails = true;
        Assert.IsType<Unavailable>(await Ask(jar, new Put(1)));
        await ExpectTerminatedAsync(jar);
        Gate.Fails = false;

        var again = Start();
        Assert.Equal(new Coins(7, 1), await AskCoins(again, new Level()));
        Assert.Equal(new Coins(8, 2), await AskCoins(again, new Put(1)));
    }

    [Fact]
    public async Task A_command_that_breaks_the_rules_code_is_answered_and_the_entity_goes_on_from_its_journal()
    {
        var jar = Start();
        await Ask(jar, new Put(3));

        Assert.IsType<Unavailable>(await Ask(jar, new AskLender()));
        Assert.Equal(new Coins(3, 1), await AskCoins(jar, new Level()));
    }
}
