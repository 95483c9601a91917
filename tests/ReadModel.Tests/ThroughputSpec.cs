using System.Diagnostics;
using LinqToDB.Data;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Testing;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.ReadModel.Tests;

public sealed class ThroughputSpec(ITestOutputHelper output)
{
    private const int Rows = 400;
    private const int VotesARow = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Votes_reach_the_read_model_faster_than_they_can_be_cast(int battles)
    {
        await using var bench = await ReadSideBench.On(TestDatabases.Postgres);
        var ids = Enumerable.Range(0, battles).Select(_ => (Battle: Guid.CreateVersion7(), Entries: Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray())).ToList();
        foreach (var (battle, entries) in ids)
        {
            await bench.AppendAsync(Sample.Of(battle), [Sample.Created(battle), .. entries.Select((entry, i) => (IEvent)Sample.Entered(battle, entry, $"user-{i}"))]);
        }

        await using var running = bench.Run(new BattleProjection());
        await bench.CaughtUpAsync(BattleProjection.Key);
        await using (var connection = bench.Database.Open())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (var row = 0; row < Rows; row++)
            {
                var votes = Enumerable.Range(row * VotesARow, VotesARow).Select(voter =>
                {
                    var (battle, entries) = ids[voter % battles];
                    return (IEvent)Sample.Vote(battle, entries[voter % 5], $"voter-{voter}");
                });
                await ReadSideBench.InsertRowAsync(connection, Sample.Box(row % 8), row, "engine.event-batch.v1", bench.Bytes([.. votes]));
            }

            await transaction.CommitAsync();
        }

        var clock = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await bench.CaughtUpAsync(BattleProjection.Key);
        var rate = Rows * VotesARow / clock.Elapsed.TotalSeconds;
        var ours = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / (Rows * VotesARow);
        output.WriteLine($"{battles} battles: {rate:N0} votes/s; {ours:N1} µs of our CPU a vote (tests beside it included)");

        await using var counting = bench.Database.Open();
        Assert.Equal(Rows * VotesARow, await counting.ExecuteAsync<long>("select count(*) from votes"));
        Assert.Equal(Rows * VotesARow, await counting.ExecuteAsync<long>("select sum(vote_count) from battle_counts"));
        Assert.Equal(Rows * VotesARow, await counting.ExecuteAsync<long>("select sum(vote_count) from entries"));
        Assert.Equal(Rows * VotesARow, await counting.ExecuteAsync<long>("select sum(newcomers) from battle_counts"));
    }
}
