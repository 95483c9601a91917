using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class JournalTailSpec
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_that_is_still_being_written_is_never_stepped_over(bool commit)
    {
        await using var bench = await ReadSideBench.On(TestDatabases.Postgres);
        await using var tail = new JournalTail(bench.Database, bench.Decoder);
        var battle = Guid.CreateVersion7();
        await bench.AppendAsync("battle:before", Sample.Created(battle));
        await using var slow = bench.Database.Open();
        await using var transaction = await slow.BeginTransactionAsync();
        await ReadSideBench.InsertRowAsync(slow, "battle:slow", 1, "engine.event-batch.v1", bench.Bytes(Sample.Created(battle)));
        await bench.AppendAsync("battle:fast", Sample.Created(battle));

        var first = await tail.ReadAsync(0, 100, default);
        Assert.Equal(["battle:before"], first.Events.Select(happened => happened.PersistenceId));
        for (var i = 0; i < 20; i++)
        {
            Assert.Empty((await tail.ReadAsync(first.UpTo, 100, default)).Events);
        }

        await (commit ? transaction.CommitAsync() : transaction.RollbackAsync());
        var rest = new List<string>();
        var position = first.UpTo;
        await Eventually.Holds(async () =>
        {
            var stretch = await tail.ReadAsync(position, 100, default);
            position = stretch.UpTo;
            rest.AddRange(stretch.Events.Select(happened => happened.PersistenceId));
            return rest.Contains("battle:fast");
        });
        Assert.Equal(commit ? ["battle:slow", "battle:fast"] : ["battle:fast"], rest);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Large_rows_come_in_small_stretches(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var tail = new JournalTail(bench.Database, bench.Decoder);
        var large = Enumerable.Range(0, 1_600).Select(_ => (IEvent)Sample.Created(Guid.CreateVersion7())).ToArray();
        Assert.InRange(bench.Bytes(large).Length, 512 * 1024, 3 * 512 * 1024);
        foreach (var battle in new[] { "battle:a", "battle:b", "battle:c", "battle:d" })
        {
            await bench.AppendAsync(battle, large);
        }

        var seen = new List<string>();
        long position = 0;
        var stretches = 0;
        JournalStretch stretch;
        do
        {
            stretch = await tail.ReadAsync(position, 100, default);
            seen.AddRange(stretch.Events.Select(happened => happened.PersistenceId).Distinct());
            position = stretch.UpTo;
            stretches++;
        }
        while (stretch.Full);

        Assert.Equal(["battle:a", "battle:b", "battle:c", "battle:d"], seen);
        Assert.InRange(stretches, 2, 4);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Events_are_lent_until_the_tail_lets_go_of_them_or_reads_again(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var tail = new JournalTail(bench.Database, bench.Decoder);
        await bench.AppendAsync("battle:a", Sample.Created(Guid.CreateVersion7()));

        var first = await tail.ReadAsync(0, 100, default);
        Assert.Single(first.Events);
        Assert.Empty((await tail.ReadAsync(first.UpTo, 100, default)).Events);
        Assert.Empty(first.Events);

        var again = await tail.ReadAsync(0, 100, default);
        Assert.Single(again.Events);
        tail.LetGo();
        Assert.Empty(again.Events);
    }

    [Fact]
    public async Task Many_writers_at_once_are_read_completely_and_in_order()
    {
        await using var bench = await ReadSideBench.On(TestDatabases.Postgres);
        await using var tail = new JournalTail(bench.Database, bench.Decoder);
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            await using var connection = bench.Open();
            await using var database = connection.Open();
            for (var row = 1; row <= 60; row++)
            {
                await using var transaction = await database.BeginTransactionAsync();
                await ReadSideBench.InsertRowAsync(database, $"battle:{writer}", row, "engine.event-batch.v1", bench.Bytes(Sample.Created(Guid.NewGuid())));
                await (row % 7 == 0 ? transaction.RollbackAsync() : transaction.CommitAsync());
            }
        })));

        var seen = new List<(string, long)>();
        long position = 0;
        await Eventually.Holds(async () =>
        {
            var finished = writers.IsCompleted;
            var stretch = await tail.ReadAsync(position, 50, default);
            position = stretch.UpTo;
            seen.AddRange(stretch.Events.Select(happened => (happened.PersistenceId, happened.SequenceNr)));
            return finished && position == await bench.LastAsync();
        });
        await writers;
        var expected = Enumerable.Range(0, 8).SelectMany(writer => Enumerable.Range(1, 60).Where(row => row % 7 != 0).Select(row => ($"battle:{writer}", (long)row)));
        Assert.Equal(expected, seen.OrderBy(row => row.Item1, StringComparer.Ordinal).ThenBy(row => row.Item2));
    }
}
