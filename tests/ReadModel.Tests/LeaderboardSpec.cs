using LinqToDB.Data;
using Microsoft.Extensions.Time.Testing;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class LeaderboardSpec
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Points_leave_each_window_at_the_hour_and_not_a_moment_sooner(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        var bench = new LeaderboardBench(fixture.Database);
        var ledger = new LeaderboardLedger();
        await bench.ApplyAsync([.. ledger.Change("ann", 5, Noon.AddMilliseconds(-1)), .. ledger.Change("bob", 3, Noon), .. ledger.Change("ann", 2, Noon.AddMinutes(59))]);
        foreach (var (board, hours) in new[] { (Board.Day, 24), (Board.Week, 168), (Board.Month, 720) })
        {
            await bench.RollAsync(Noon.AddHours(hours - 1).AddMilliseconds(-1));
            Assert.Equal([("ann", 7L), ("bob", 3L)], await StandAsync(bench, board));
            await bench.RollAsync(Noon.AddHours(hours - 1));
            Assert.Equal([("bob", 3L), ("ann", 2L)], await StandAsync(bench, board));
            await bench.RollAsync(Noon.AddHours(hours).AddMilliseconds(-1));
            Assert.Equal([("bob", 3L), ("ann", 2L)], await StandAsync(bench, board));
            await bench.RollAsync(Noon.AddHours(hours));
            Assert.Empty(await StandAsync(bench, board));
            Assert.Null((await bench.Listings.StandingAsync(board, "ann")).Rank);
        }

        Assert.Equal([("ann", 7L), ("bob", 3L)], await StandAsync(bench, Board.All));
        await using var connection = fixture.Database.Open();
        Assert.Equal(0, await connection.ExecuteAsync<int>("select count(*) from leaderboard_buckets"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_balance_ranks_for_all_time_and_only_what_came_ranks_in_a_window_and_of_equals_the_first_leads(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        var bench = new LeaderboardBench(fixture.Database);
        var ledger = new LeaderboardLedger();
        await bench.RollAsync(Noon);
        await bench.ApplyAsync([.. ledger.Change("ann", 10, Noon), .. ledger.Change("bob", 6, Noon.AddSeconds(1)), .. ledger.Change("cid", 10, Noon.AddSeconds(2))]);
        Assert.Equal([("ann", 10L), ("cid", 10L), ("bob", 6L)], await StandAsync(bench, Board.All));

        await bench.ApplyAsync(ledger.Change("ann", -4, Noon.AddSeconds(3)));
        Assert.Equal([("cid", 10L), ("bob", 6L), ("ann", 6L)], await StandAsync(bench, Board.All));
        Assert.Equal([("ann", 10L), ("cid", 10L), ("bob", 6L)], await StandAsync(bench, Board.Day));

        await bench.ApplyAsync(ledger.Change("bob", 4, Noon.AddSeconds(2)));
        Assert.Equal([("ann", 10L), ("bob", 10L), ("cid", 10L)], await StandAsync(bench, Board.Week));

        await bench.ApplyAsync(ledger.Change("ann", -6, Noon.AddSeconds(4)));
        Assert.Null((await bench.Listings.StandingAsync(Board.All, "ann")).Rank);
        Assert.Equal(1, (await bench.Listings.StandingAsync(Board.Month, "ann")).Rank);
        await bench.EqualsAsync(ledger, Boards.HourOf(Noon), 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_board_shows_the_profile_of_the_moment_and_nobody_who_has_left(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        var bench = new LeaderboardBench(fixture.Database);
        var ledger = new LeaderboardLedger();
        await bench.RollAsync(Noon);
        await bench.ApplyAsync(
        [
            .. ledger.Change("ann", 100, Noon),
            .. ledger.Change("bob", 6, Noon),
            new ProfileUpdated("ann", "Ann", "A bio", "https://example.org/ann.png", true, true, 2, Noon),
            new UsernameSet("ann", "annie", 2, "name_of_ann", 1, 3, Noon),
        ]);
        var leader = (await bench.Listings.PageAsync(Board.Day, null, 1))!.Items.Single();
        Assert.Equal(new LeaderboardItem(1, "ann", "annie", "Ann", "https://example.org/ann.png", 100, 2), leader);

        await bench.ApplyAsync([new UsernameLost("ann", "annie", 2, 4, Noon)]);
        Assert.Equal(Usernames.Given("ann"), (await bench.Listings.StandingAsync(Board.All, "ann")).Items[0].Username);

        await bench.ApplyAsync([.. ledger.Delete("ann", Noon), .. ledger.Change("ann", 1, Noon)]);
        await bench.RollAsync(Noon.AddHours(12));
        await bench.EqualsAsync(ledger, Boards.HourOf(Noon.AddHours(12)), 3);
        await bench.RollAsync(Noon.AddDays(1));
        await bench.EqualsAsync(ledger, Boards.HourOf(Noon.AddDays(1)), 3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cursor_of_another_board_or_a_damaged_one_is_refused(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        var bench = new LeaderboardBench(fixture.Database);
        var ledger = new LeaderboardLedger();
        await bench.ApplyAsync([.. ledger.Change("ann", 2, Noon), .. ledger.Change("bob", 1, Noon)]);
        var cursor = (await bench.Listings.PageAsync(Board.Day, null, 1))!.NextCursor!;
        Assert.Equal("bob", (await bench.Listings.PageAsync(Board.Day, cursor, 1))!.Items.Single().UserId);
        Assert.Null(await bench.Listings.PageAsync(Board.Week, cursor, 1));
        Assert.Null(await bench.Listings.PageAsync(Board.Day, cursor[..^1], 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_clock_moves_the_windows_when_an_hour_begins_also_over_a_stop_of_days(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var boards = new LeaderboardBench(bench.Database);
        var (ledger, time) = (new LeaderboardLedger(), new FakeTimeProvider(Noon.AddMinutes(30)));
        await boards.ApplyAsync([.. ledger.Change("ann", 5, Noon.AddDays(-8)), .. ledger.Change("bob", 4, Noon.AddHours(-23)), .. ledger.Change("cid", 1, Noon)]);
        bench.System.ActorOf(LeaderboardClock.Props(new LeaderboardRoll(bench.Database), time));
        await Eventually.Holds(async () => await StandAsync(boards, Board.Week) is [("bob", 4), ("cid", 1)]);
        Assert.Equal([("bob", 4L), ("cid", 1L)], await StandAsync(boards, Board.Day));
        Assert.Equal([("ann", 5L), ("bob", 4L), ("cid", 1L)], await StandAsync(boards, Board.Month));

        time.Advance(TimeSpan.FromMinutes(30));
        await Eventually.Holds(async () => await StandAsync(boards, Board.Day) is [("cid", 1)]);
        time.Advance(TimeSpan.FromDays(26));
        await Eventually.Holds(async () => await StandAsync(boards, Board.Month) is [("bob", 4), ("cid", 1)]);
        await boards.EqualsAsync(ledger, Boards.HourOf(time.GetUtcNow()), 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_rebuild_from_the_journal_gives_the_same_boards_without_what_has_left(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new LeaderboardProjection(LeaderboardBench.Tiny));
        var boards = new LeaderboardBench(bench.Database);
        var ledger = new LeaderboardLedger();
        foreach (var hour in Enumerable.Range(0, 40))
        {
            await bench.AppendAsync("user:any", [.. ledger.Change($"u{hour % 7}", 1 + hour % 3, Noon.AddHours(hour)), .. ledger.Change("u8", 1, Noon.AddHours(hour))]);
        }

        await bench.CaughtUpAsync(LeaderboardProjection.Key);
        var now = Noon.AddHours(50);
        await boards.RollAsync(now);
        await boards.EqualsAsync(ledger, Boards.HourOf(now), 3);

        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, LeaderboardProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[LeaderboardProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(LeaderboardProjection.Key);
        await boards.EqualsAsync(ledger, Boards.HourOf(now), 3);
    }

    private static async Task<(string UserId, long Points)[]> StandAsync(LeaderboardBench bench, Board board) =>
        [.. (await bench.Listings.PageAsync(board, null, 100))!.Items.Select(item => (item.UserId, item.Points))];
}
