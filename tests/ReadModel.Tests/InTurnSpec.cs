using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>Whether the readers of a worker take a run one after the other.</summary>
public sealed class InTurnSpec
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Readers_take_a_run_in_turn_or_all_at_once(bool inTurn)
    {
        await using var bench = await ReadSideBench.On(TestDatabases.Postgres);
        var (first, second) = (new HeldReader(bench, "first"), new HeldReader(bench, "second"));
        await using var running = new RunningWorker(bench.Worker(ReadSideBench.Quick with { InTurn = inTurn }, first, second)).Started();
        await AppendAsync(bench);
        await bench.CaughtUpAsync("first");
        await bench.CaughtUpAsync("second");
        await Task.Delay(300); // By now they travel together.

        first.Hold();
        second.Hold();
        await AppendAsync(bench);
        await first.Began.WaitAsync(TimeSpan.FromSeconds(10));
        if (inTurn)
        {
            await Task.Delay(200);
            Assert.False(second.Began.IsCompleted);
        }
        else
        {
            await second.Began.WaitAsync(TimeSpan.FromSeconds(10));
        }

        first.LetGo();
        second.LetGo();
        await bench.CaughtUpAsync("first");
        await bench.CaughtUpAsync("second");
    }

    private static Task AppendAsync(ReadSideBench bench) => bench.AppendAsync(Sample.Box(0), Sample.Vote(Guid.NewGuid(), Guid.NewGuid(), "ann"));

    /// <summary>Moves its offset when it is let go.</summary>
    private sealed class HeldReader(ReadSideBench bench, string name) : JournalReader(bench.Database, name, Offsets.Policy)
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _held;

        public Task Began => _began.Task;

        public void Hold() => _held = true;

        public void LetGo() => _free.TrySetResult();

        public override async Task ApplyAsync(
            long from, long to, IReadOnlyList<JournalEvent> events, IReadOnlyList<ParkedEvent> parked, CancellationToken cancellation)
        {
            if (_held)
            {
                _began.TrySetResult();
                await _free.Task.WaitAsync(cancellation);
            }

            await CommitAsync(from, to, parked, _ => Task.CompletedTask, cancellation);
        }

        public override Task<(int Index, Exception Error)?> FindPoisonAsync(IReadOnlyList<JournalEvent> events, CancellationToken cancellation) =>
            Task.FromResult<(int, Exception)?>(null);

        protected override Task EmptyAsync(DataConnection connection, CancellationToken cancellation) => Task.CompletedTask;
    }
}
