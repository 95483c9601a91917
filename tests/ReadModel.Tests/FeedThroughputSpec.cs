using System.Diagnostics;
using System.Globalization;
using LinqToDB.Data;
using WildNOut.Actors.Token;
using WildNOut.Testing;
using Xunit;
using Xunit.Abstractions;
using static WildNOut.ReadModel.Tests.FeedSample;

namespace WildNOut.ReadModel.Tests;

public sealed class FeedThroughputSpec(ITestOutputHelper output)
{
    private const int Rows = 200;
    private const int MovementsARow = 300;
    private const int Least = 3_000;

    [Fact]
    public async Task Movements_reach_the_read_model_faster_than_a_chain_makes_them()
    {
        await using var bench = await ReadSideBench.On(TestDatabases.Postgres);
        await using (var connection = bench.Database.Open())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (var row = 0; row < Rows; row++)
            {
                await ReadSideBench.InsertRowAsync(connection, PersistenceId, row + 1, "engine.event-batch.v1", bench.Bytes(Row(row)));
            }

            await transaction.CommitAsync();
        }

        var clock = Stopwatch.StartNew();
        await using var running = bench.Run(new FeedProjection());
        await bench.CaughtUpAsync(FeedProjection.Key);
        var rate = Rows * MovementsARow / clock.Elapsed.TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rate:N0} movements/s"));

        await using var counting = bench.Database.Open();
        Assert.Equal(Rows * MovementsARow, await counting.ExecuteAsync<long>("select count(*) from token_transactions"));
        Assert.Equal(Rows * MovementsARow, await counting.ExecuteAsync<long>("select sum(transfers) from token_volume"));
        Assert.True(rate > Least, $"{rate:N0} movements/s");
    }

    private static BlocksRecorded Row(int row) => Recorded(
        row * MovementsARow + 1,
        Block((ulong)row + 1, [.. Enumerable.Range(row * MovementsARow, MovementsARow).Select(n => Move(Signature(n), Owner(n * 7 % 5_000), Owner(n * 11 % 5_000 + 1), (ulong)n + 1))]));

    private static string Signature(int n) => $"{unchecked((uint)n * 2_654_435_761):x8}{n:x8}".PadRight(88, 'x');

    private static string Owner(int n) => string.Create(CultureInfo.InvariantCulture, $"{n}").PadRight(44, 'w');
}
