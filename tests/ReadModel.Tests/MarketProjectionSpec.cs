using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Token;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class MarketProjectionSpec
{
    private const string Mint = "WNouT1111111111111111111111111111111111111";
    private static readonly string Market = MarketSetup.AddressOf(Mint).PersistenceId;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Prices_become_candles_of_every_width_exactly_gaps_stay_gaps_and_a_rebuild_gives_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new MarketProjection());
        await bench.AppendAsync(Market, Price(0.123456789012345678m, 0), Price(0.2m, 60), Price(0.000000000000000001m, 120));
        await bench.AppendAsync(MarketSetup.AddressOf("other").PersistenceId, Price(9, 0) with { Mint = "other" });
        await bench.CaughtUpAsync(MarketProjection.Key);
        await bench.AppendAsync(Market, Price(999_999.123456789012345678m, 299), Price(3, 1_200));
        await bench.CaughtUpAsync(MarketProjection.Key);

        var now = Sample.Noon.AddMinutes(21);
        var listings = new MarketListings(bench.Database, new Volumes(new VolumeBucket(Sample.Noon.AddMinutes(10), 12.5m, 3)));
        var day = await listings.HistoryAsync(Mint, Timeframe.Day, now);
        Assert.Equal((Mint, Timeframe.Day, 300), (day.Mint, day.Timeframe, day.Interval));
        Assert.Equal(
            [
                new Candle(Sample.Noon, 0.123456789012345678m, 999_999.123456789012345678m, 0.000000000000000001m, 999_999.123456789012345678m, null),
                new Candle(Sample.Noon.AddMinutes(20), 3, 3, 3, 3, 0),
            ],
            day.Items);
        Assert.Equal(
            [new Candle(Sample.Noon, 0.123456789012345678m, 999_999.123456789012345678m, 0.000000000000000001m, 3, null)],
            (await listings.HistoryAsync(Mint, Timeframe.Week, now)).Items);
        Assert.Equal([Sample.Noon], (await listings.HistoryAsync(Mint, Timeframe.Month, now)).Items.Select(candle => candle.Time));
        Assert.Equal([Sample.Noon.AddHours(-12)], (await listings.HistoryAsync(Mint, Timeframe.Year, now)).Items.Select(candle => candle.Time));
        Assert.Empty((await listings.HistoryAsync("nobody", Timeframe.Year, now)).Items);
        Assert.Equal(9, Assert.Single((await listings.HistoryAsync("other", Timeframe.Day, now)).Items).Close);

        var live = await RowsAsync(bench.Database);
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, MarketProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[MarketProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(MarketProjection.Key);
        Assert.Equal(live, await RowsAsync(bench.Database));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_history_reaches_back_as_far_as_it_says_and_no_further(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new MarketProjection());
        await bench.AppendAsync(Market, [.. Enumerable.Range(0, 400).Select(i => Price(1 + i, i * 300))]);
        await bench.CaughtUpAsync(MarketProjection.Key);
        var listings = new MarketListings(bench.Database, new NoVolumes());
        var last = Sample.Noon.AddSeconds(399 * 300);
        var day = (await listings.HistoryAsync(Mint, Timeframe.Day, last.AddSeconds(299))).Items;
        Assert.Equal((288, last, 400m), (day.Count, day[^1].Time, day[^1].Close));
        Assert.All(day, candle => Assert.Null(candle.Volume));
        Assert.Empty((await listings.HistoryAsync(Mint, Timeframe.Day, last.AddDays(2))).Items);
        Assert.Equal(34, (await listings.HistoryAsync(Mint, Timeframe.Week, last)).Items.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Milestones_are_listed_in_order_and_the_table_takes_each_once(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new MarketProjection());
        var (first, second) = (new MilestoneReached(Mint, 10_000_000, 18_446_744_073_709_551_615_000_000m, 0.012345678901234567m, Sample.Noon), new MilestoneReached(Mint, 100_000_000, 1m, 1m, Sample.Noon));
        await bench.AppendAsync(Market, first, second, first);
        await bench.CaughtUpAsync(MarketProjection.Key);
        var list = await new MarketListings(bench.Database, new NoVolumes()).MilestonesAsync(Mint);
        Assert.Equal(
            [new MilestoneView(10_000_000, first.MarketCap, first.Price, Sample.Noon), new MilestoneView(100_000_000, 1m, 1m, Sample.Noon)],
            list.Items);
        await using var connection = bench.Database.Open();
        Assert.Equal(1, await connection.ExecuteAsync<int>("select count(*) from parked_events"));
    }

    private static PriceRecorded Price(decimal price, int seconds)
    {
        var at = Sample.Noon.AddSeconds(seconds);
        return new PriceRecorded(Mint, price, at, "jupiter", ["jupiter"], true, at);
    }

    private static async Task<string> RowsAsync(ReadModelDatabase database)
    {
        await using var connection = database.Open();
        var rows = new List<string>();
        await using var reader = await connection.ExecuteReaderAsync("select * from token_candles order by 1, 2, 3", CancellationToken.None);
        while (await reader.Reader!.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.Reader.FieldCount).Select(i => reader.Reader.GetValue(i))));
        }

        return string.Join('\n', rows);
    }

    private sealed class Volumes(params VolumeBucket[] buckets) : ITokenVolumes
    {
        public Task<IReadOnlyList<VolumeBucket>> BetweenAsync(DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<VolumeBucket>>([.. buckets.Where(bucket => bucket.Start >= from && bucket.Start < to)]);
    }
}
