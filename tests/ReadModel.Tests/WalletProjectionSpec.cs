using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Wallets;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class WalletProjectionSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Wallets_read_as_their_events_say_whoever_is_late_and_a_rebuild_gives_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new WalletProjection());
        var (ann, bob) = (WalletRegions.OfUser("ann").PersistenceId, WalletRegions.OfUser("bob").PersistenceId);
        await bench.AppendAsync(ann, new WalletConnected("ann", "X", 1, Sample.Noon), new HoldingsSet("ann", "X", ulong.MaxValue, ulong.MaxValue, 6, Sample.Noon));
        await bench.AppendAsync(bob, new WalletConnected("bob", "Y", 1, Sample.Noon), new WalletConnected("bob", "X", 2, Sample.Noon));
        await bench.AppendAsync(ann, new HoldingsSet("ann", "X", 7, 7, 6, Sample.Noon), new WalletDisconnected("ann", "X", 1, true, Sample.Noon));
        await bench.AppendAsync(bob, new HoldingsSet("bob", "Y", 18_446_744_073_709_551_615, 9_223_372_036_854_775_808, 6, Sample.Noon));
        await bench.CaughtUpAsync(WalletProjection.Key);

        var rows = await RowsAsync(bench);
        Assert.Equal(
            [("X", "bob", null, null), ("Y", "bob", "18446744073709551615", "9223372036854775808")],
            rows.Select(row => (row.Address, row.UserId, row.Amount, row.Slot)));
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, WalletProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[WalletProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(WalletProjection.Key);
        Assert.Equal(rows, await RowsAsync(bench));
    }

    private static async Task<IReadOnlyList<WalletRow>> RowsAsync(ReadSideBench bench)
    {
        await using var connection = bench.Database.Open();
        return await connection.GetTable<WalletRow>().OrderBy(row => row.Address).ToListAsync();
    }
}
