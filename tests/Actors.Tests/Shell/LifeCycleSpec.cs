using Akka.Actor;
using WildNOut.Actors.Engine;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Shell;

public sealed class LifeCycleSpec : ShellBench
{
    [Fact]
    public async Task Recovery_gives_the_state_of_all_events_with_and_without_snapshots()
    {
        var jar = Start();
        for (var i = 1; i <= 23; i++)
        {
            await Ask(jar, new Put(i));
            if (i % 4 == 0)
            {
                await Stop(jar);
                jar = Start();
                Assert.Equal(new Coins(i * (i + 1) / 2, i), await AskCoins(jar, new Level()));
            }
        }
    }

    [Fact]
    public async Task An_entity_that_only_grows_takes_a_snapshot_whenever_it_has_doubled()
    {
        var jar = Start(definition: new HoarderDefinition());
        await PutAsync(jar, 100);
        await Stop(jar);
        var second = new HoarderDefinition();
        Assert.Equal(new Coins(100, 100), await AskCoins(Start(definition: second), new Level()));
        Assert.InRange(second.Thawed, 50, 100);
    }

    [Fact]
    public async Task A_snapshot_that_may_wait_is_taken_when_it_is_quiet()
    {
        var definition = new HoarderDefinition { MayWait = 1_000 };
        var jar = Start(definition: definition);
        await PutAsync(jar, 30);
        Assert.Equal(0, definition.Frozen);

        await AwaitAssertAsync(() => Assert.Equal(1, definition.Frozen), Patience);
        Assert.Equal(30, await ThawedAfterRestart(jar));
    }

    [Fact]
    public async Task A_snapshot_that_is_due_at_the_start_is_taken_though_nothing_happens()
    {
        var jar = Start(definition: new HoarderDefinition { MayWait = 1_000 });
        await PutAsync(jar, 30);
        await Stop(jar);

        var definition = new HoarderDefinition { MayWait = 1_000 };
        jar = Start(definition: definition);
        await AwaitAssertAsync(() => Assert.Equal(1, definition.Frozen), Patience);
        Assert.Equal(30, await ThawedAfterRestart(jar));
    }

    [Fact]
    public async Task A_snapshot_that_may_wait_does_not_hold_what_is_being_written_when_it_becomes_quiet()
    {
        var definition = new HoarderDefinition { MayWait = 1_000 };
        var jar = Start(definition: definition);
        await PutAsync(jar, 30);
        Gate.Close();
        var underWay = jar.Ask<IReply>(new Envelope("one", new Put(1)), TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromSeconds(6)); // At the second look, within 4 s, nothing has come since the first.
        Assert.Equal(0, definition.Frozen);

        Gate.Open();
        await underWay;
        await PutAsync(jar, 1);
        Assert.Equal(1, definition.Frozen);
        Assert.Equal(32, await ThawedAfterRestart(jar));
    }

    [Fact]
    public async Task A_snapshot_that_may_wait_does_not_wait_for_ever()
    {
        var jar = Start(definition: new HoarderDefinition { MayWait = 15 });
        await PutAsync(jar, 40);
        Assert.InRange(await ThawedAfterRestart(jar), 20, 29);
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static async Task PutAsync(IActorRef jar, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Ask(jar, new Put(1));
        }
    }

    /// <summary>The changes in the snapshot that a jar comes back from, when all of its coins are there.</summary>
    private async Task<int> ThawedAfterRestart(IActorRef jar)
    {
        var before = await AskCoins(jar, new Level());
        await Stop(jar);
        var definition = new HoarderDefinition { MayWait = 1_000 };
        jar = Start(definition: definition);
        Assert.Equal(before, await AskCoins(jar, new Level()));
        await Stop(jar);
        return definition.Thawed;
    }

    /// <summary>A jar whose snapshots hold as much as has happened.</summary>
    private sealed class HoarderDefinition : JarDefinition
    {
        public int MayWait { get; init; }

        public override int SnapshotMayWait => MayWait;

        /// <summary>The changes in the snapshot that a jar recovered from.</summary>
        public int Thawed { get; private set; }

        /// <summary>How many snapshots it took.</summary>
        public int Frozen { get; private set; }

        public override int Weight(Jar state) => state.Changes;

        public override ISnapshot Freeze(Jar state)
        {
            Frozen++;
            return base.Freeze(state);
        }

        public override Jar Thaw(string entityId, ISnapshot snapshot)
        {
            var jar = base.Thaw(entityId, snapshot);
            Thawed = jar.Changes;
            return jar;
        }
    }

    [Fact]
    public async Task A_snapshot_taken_in_the_middle_of_a_busy_time_holds_exactly_its_rows()
    {
        var jar = Start();
        for (var round = 0; round < 10; round++)
        {
            Gate.Close();
            var first = Ask(jar, new Put(1));
            var rest = Enumerable.Range(0, 7).Select(_ => Ask(jar, new Put(1))).ToArray();
            Gate.Open();
            await first;
            await Task.WhenAll(rest);
        }

        await Stop(jar);
        Assert.Equal(new Coins(80, 80), await AskCoins(Start(), new Level()));
    }

    [Fact]
    public async Task Stopping_in_mid_write_finishes_the_write_and_answers_first()
    {
        var jar = Start();
        Watch(jar);
        Gate.Close();
        var written = Ask(jar, new Put(1));
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));
        var queued = Ask(jar, new Put(1));
        jar.Tell(StopEntity.Instance);
        Gate.Open();

        Assert.IsType<Done>(await written);
        Assert.IsType<Done>(await queued);
        await ExpectTerminatedAsync(jar);
    }

    [Fact]
    public async Task Killed_in_mid_write_the_entity_tells_its_callers_that_it_may_or_may_not_have_happened()
    {
        var jar = Start();
        Gate.Close();
        var written = Ask(jar, new Put(1));
        await AwaitAssertAsync(() => Assert.Single(Gate.Rows));
        Sys.Stop(jar);

        Assert.IsType<Unavailable>(await written);
        Gate.Open();
    }

    [Fact]
    public async Task Changes_are_reported_in_folded_form_and_only_once_durable()
    {
        var jar = Start();
        Gate.Close();
        var put = Ask(jar, new Put(1));
        await LenderProbe.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Gate.Open();
        await put;

        Assert.Equal(new Peek(1), (await LenderProbe.ExpectMsgAsync<Envelope>()).Message);
    }
}
