using Akka.Actor;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Shell;

public sealed class GroupCommitSpec : ShellBench
{
    [Fact]
    public async Task What_is_decided_while_a_row_is_written_goes_out_as_one_row()
    {
        var jar = Start();
        Gate.Close();
        var first = Ask(jar, new Put(1));
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));
        var rest = Enumerable.Range(0, 50).Select(_ => Ask(jar, new Put(1))).ToArray();
        jar.Tell(new Peek(0));
        Gate.Open();
        await first;
        await Task.WhenAll(rest);

        Assert.Equal([1, 50], Gate.Rows.Select(row => row.Events.Count));
        Assert.Equal(new Coins(51, 51), await AskCoins(jar, new Level()));
    }

    [Fact]
    public async Task Replies_and_announcements_leave_only_when_the_row_is_durable()
    {
        var jar = Start();
        Gate.Close();
        var reply = Ask(jar, new Put(5));
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));

        Assert.False(reply.IsCompleted);
        Assert.Empty(Announced);
        Gate.Open();
        Assert.Equal(new Done(new Coins(5, 1), 1), await reply);
        await AwaitAssertAsync(() => Assert.Single(Announced));
    }

    [Fact]
    public async Task A_read_and_a_refusal_wait_for_what_they_depend_on()
    {
        var jar = Start();
        Gate.Close();
        var put = Ask(jar, new Put(5));
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));
        var read = Ask(jar, new Level());
        var refusal = Ask(jar, new Take(9));
        await Ask(Start("bystander"), new Level());

        Assert.False(read.IsCompleted);
        Assert.False(refusal.IsCompleted);
        Gate.Open();
        await put;
        Assert.Equal(new Coins(5, 1), await read);
        Assert.Equal("empty", Assert.IsType<Rejection>(await refusal).Code);
    }

    [Fact]
    public async Task Decisions_see_events_that_are_still_being_written()
    {
        var jar = Start();
        Gate.Close();
        var put = Ask(jar, new Put(5));
        var take = Ask(jar, new Take(5));
        var tooMuch = Ask(jar, new Take(1));
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));
        Gate.Open();

        await put;
        Assert.Equal(new Coins(0, 2), Assert.IsType<Done>(await take).Reply);
        Assert.IsType<Rejection>(await tooMuch);
    }

    [Fact]
    public async Task A_reply_names_the_row_it_depends_on()
    {
        var jar = Start();
        Assert.Equal(1, Assert.IsType<Done>(await Ask(jar, new Put(1))).SequenceNr);
        Assert.Equal(2, Assert.IsType<Done>(await Ask(jar, new Put(1))).SequenceNr);
    }

    [Fact]
    public async Task A_slow_journal_costs_nothing_but_time_and_every_caller_is_answered_once()
    {
        var jar = Start();
        var replies = new List<Task<IReply>>();
        for (var round = 0; round < 20; round++)
        {
            Gate.Close();
            replies.AddRange(Enumerable.Range(0, 10).Select(_ => Ask(jar, new Put(1))));
            await AwaitAssertAsync(() => Assert.True(Gate.Rows.Count > 0));
            Gate.Open();
        }

        var counts = (await Task.WhenAll(replies)).Select(reply => ((Coins)((Done)reply).Reply).Count);
        Assert.Equal(Enumerable.Range(1, 200), counts.Order());
        Assert.Equal(200, Gate.Rows.Sum(row => row.Events.Count));
    }
}
