using LinqToDB.Data;
using WildNOut.Actors.Battles;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class ProjectionSpec
{
    private static readonly Guid Battle = Guid.Parse("01930000-0000-7000-8000-000000000001");
    private static readonly Guid Entry = Guid.Parse("01930000-0000-7000-8000-000000000002");

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_event_counts_once_whatever_fails_between_its_effect_and_the_offset(string kind)
    {
        await using var bench = await WithLedger(kind);
        var ledger = new LedgerProjection();
        for (var i = 0; i < 4; i++)
        {
            ledger.Failures.Enqueue(new TimeoutException("the connection broke"));
            ledger.Failures.Enqueue(new InvalidOperationException("a passing bug"));
        }

        await VotesAsync(bench, 0, 30);
        await using (bench.Run(ledger))
        {
            await VotesAsync(bench, 30, 60);
            await bench.CaughtUpAsync(ledger.Name);
        }

        await Assert60Once(bench);
        Assert.Empty(await ParkedAsync(bench));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_crash_of_the_database_takes_back_comes_again_though_nothing_new_happens(string kind)
    {
        await using var bench = await WithLedger(kind);
        await VotesAsync(bench, 0, 60);
        await using var running = bench.Run(new LedgerProjection());
        await bench.CaughtUpAsync("ledger");
        await using (var database = bench.Database.Open())
        {
            await using var transaction = await database.BeginTransactionAsync();
            await database.ExecuteAsync("delete from ledger");
            await database.ExecuteAsync("update read_offsets set position = 0 where name = 'ledger'");
            await transaction.CommitAsync();
        }

        await bench.CaughtUpAsync("ledger");
        await Assert60Once(bench);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_workers_that_both_believe_they_own_it_still_count_every_event_once(string kind)
    {
        await using var bench = await WithLedger(kind);
        await using (bench.Run(new LedgerProjection()))
        await using (bench.Run(new LedgerProjection()))
        {
            await VotesAsync(bench, 0, 60);
            await bench.CaughtUpAsync("ledger");
        }

        await Assert60Once(bench);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_poison_event_and_a_row_that_nobody_can_read_are_set_aside_and_the_rest_goes_on(string kind)
    {
        await using var bench = await WithLedger(kind);
        var box = Sample.Box(0);
        await bench.AppendAsync(box, Sample.Vote(Battle, Entry, "ann"), Sample.Vote(Battle, Entry, "poison"), Sample.Vote(Battle, Entry, "bob"));
        await bench.AppendNonsenseAsync(box);
        await bench.AppendAsync(box, Sample.Vote(Battle, Entry, "cid"));
        await using var running = bench.Run(new LedgerProjection { Poison = "poison" }, new LedgerProjection("other"));
        await bench.CaughtUpAsync("ledger");
        await bench.CaughtUpAsync("other");

        await using var connection = bench.Database.Open();
        Assert.Equal(["ann", "bob", "cid"], (await LedgerProjection.ReadAsync(connection)).Keys.Order());
        Assert.Equal(["ann", "bob", "cid", "poison"], (await LedgerProjection.ReadAsync(connection, "other")).Keys.Order());
        Assert.Equal(
            ["ledger row 1 event 1", "ledger row 2 event -1", "other row 2 event -1"],
            (await ParkedAsync(bench)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_second_vote_that_should_not_exist_is_refused_by_the_table_and_set_aside(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await bench.AppendAsync(Sample.Of(Battle), Sample.Created(Battle), Sample.Entered(Battle, Entry, "ann"), Sample.Entered(Battle, Guid.NewGuid(), "bob"));
        await bench.AppendAsync(Sample.Box(0), Sample.Vote(Battle, Entry, "cid"), Sample.Vote(Battle, Entry, "cid"), Sample.Vote(Battle, Entry, "dan"));
        await bench.AppendAsync(Sample.Of(Battle), Sample.Entered(Battle, Guid.NewGuid(), "ann"));
        await using var running = bench.Run(new BattleProjection());
        await bench.CaughtUpAsync(BattleProjection.Key);

        var view = Assert.Single((await new BattleListings(bench.Database).BattlesAsync(new BattleFilter(), BattleOrder.Newest, null, 1))!.Items);
        Assert.Equal((2, 2L, 4L), (view.EntryCount, view.VoteCount, view.ParticipantCount));
        Assert.Equal(["battles row 1 event 1", "battles row 2 event 0"], (await ParkedAsync(bench)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_database_that_is_away_costs_time_and_nothing_else()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var bench = await ReadSideBench.At(await server.CreateDatabase("outage"));
        await using (var connection = bench.Database.Open())
        {
            await LedgerProjection.CreateAsync(connection);
        }

        await using var running = bench.Run(new LedgerProjection());
        await VotesAsync(bench, 0, 30);
        await server.Stop(immediate: true);
        await server.Start();
        await Eventually.Holds(async () =>
        {
            try
            {
                await bench.Database.PingAsync(default);
                return true;
            }
            catch (Npgsql.NpgsqlException)
            {
                return false;
            }
        });
        await VotesAsync(bench, 30, 60);
        await bench.CaughtUpAsync("ledger");
        await Assert60Once(bench);
        Assert.Empty(await ParkedAsync(bench));
    }

    private static async Task<ReadSideBench> WithLedger(string kind)
    {
        var bench = await ReadSideBench.On(kind);
        await using var connection = bench.Database.Open();
        await LedgerProjection.CreateAsync(connection);
        return bench;
    }

    private static async Task VotesAsync(ReadSideBench bench, int from, int to)
    {
        for (var i = from; i < to; i += 3)
        {
            await bench.AppendAsync(
                Sample.Box(i % 2),
                Sample.Vote(Battle, Entry, $"voter-{i}"),
                Sample.Vote(Battle, Entry, $"voter-{i + 1}"),
                Sample.Vote(Battle, Entry, $"voter-{i + 2}"));
        }
    }

    private static async Task Assert60Once(ReadSideBench bench)
    {
        await using var connection = bench.Database.Open();
        var ledger = await LedgerProjection.ReadAsync(connection);
        Assert.Equal(60, ledger.Count);
        Assert.All(ledger.Values, times => Assert.Equal(1, times));
    }

    private static async Task<List<string>> ParkedAsync(ReadSideBench bench)
    {
        await using var connection = bench.Database.Open();
        return await connection.QueryToListAsync<string>("select name || ' row ' || sequence_nr || ' event ' || event_index from parked_events");
    }
}
