using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Users;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class UserProjectionSpec
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Users_read_as_their_events_say_and_a_rebuild_gives_the_same(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new UserProjection());
        var entered = new Deed(DeedKind.EntrySubmitted, "e1", Noon);
        var won = new Deed(DeedKind.BattleCompleted, "b1", Noon, 1);
        await bench.AppendAsync(Pid("ann"), Joined("ann"), new DeedRecorded("ann", entered, 10, Noon), Awarded("ann", 10, "entrySubmitted:e1", 10));
        await bench.AppendAsync(Pid("ann"), new DeedRecorded("ann", won, 100, Noon), Awarded("ann", 100, "battleCompleted:b1", 110), new LevelChanged("ann", 2, 1, Noon));
        await bench.AppendAsync(Pid("ann"), new PointsDeducted("ann", 30, "fine", "root", "admin:1", 80, Noon), new LevelChanged("ann", 1, 2, Noon), new RoleGranted("ann", Role.Admin, "root", Noon));
        await bench.AppendAsync(Pid("ann"), new IdentityLearned("ann", null, "Ann", null, Role.Moderator, Noon, Noon), new ProfileUpdated("ann", "Änn “ü🎤”", "b", "https://x.org", true, false, 2, Noon));
        await bench.AppendAsync(Pid("bob"), Joined("bob"), new RoleGranted("bob", Role.Moderator, "root", Noon), new RoleRevoked("bob", "root", Noon));
        await bench.AppendAsync(Pid("cid"), Joined("cid"), Awarded("cid", 5, "a", 5), new UserDeleted("cid", Usernames.Given("cid"), 1, "cid", Noon));
        await bench.AppendAsync(Pid("dan"), new UserDeleted("dan", null, 0, "identity", Noon));
        await bench.CaughtUpAsync(UserProjection.Key);

        var listings = new UserListings(bench.Database);
        var ann = (await listings.FindAsync("ann"))!;
        Assert.Equal((Role.Admin, "Änn “ü🎤”", "änn “ü🎤”", true, false), (ann.Role, ann.DisplayName, ann.Search, ann.ShowWallets, ann.ShowHoldings));
        Assert.Equal((80, 1, 1, 1, 1, 0), (ann.Points, ann.Level, ann.Entries, ann.Battles, ann.Wins, ann.Votes));
        Assert.Null(await listings.FindAsync("cid"));
        Assert.Null(await listings.FindByNameAsync(Usernames.Given("cid")));
        var (bob, nothing) = (await listings.FindByNameAsync(Usernames.Given("bob"))).GetValueOrDefault();
        Assert.Equal("bob", bob.Id);
        Assert.Empty(nothing);
        Assert.Equal(
            [("ann", "admin", false), ("bob", null, false), ("cid", null, true), ("dan", null, true)],
            (await listings.StandingsAsync(-1, 10)).Select(row => (row.UserId, row.GrantedRole, row.Deleted)));

        var before = await DumpAsync(bench);
        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, UserProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[UserProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(UserProjection.Key);
        Assert.Equal(before, await DumpAsync(bench));
        Assert.Equal(4, before.Count(line => line.StartsWith("LedgerRow", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_passes_from_one_to_another_within_a_run_and_a_lost_claim_leaves_it_to_the_newest_bearer(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        var (ann, bob, cid) = (Usernames.Given("ann"), Usernames.Given("bob"), Usernames.Given("cid"));
        await bench.AppendAsync(Pid("zoe"), Joined("zoe"), new UsernameSet("zoe", "mc", 1, Usernames.Given("zoe"), 1, 2, Noon));
        await bench.AppendAsync(Pid("ann"), Joined("ann"));
        await bench.AppendAsync(Pid("zoe"), new UsernameSet("zoe", "dj", 1, "mc", 1, 3, Noon));
        await bench.AppendAsync(Pid("ann"), new UsernameSet("ann", "mc", 2, ann, 1, 2, Noon));
        await bench.AppendAsync(Pid("bob"), Joined("bob"), new UsernameSet("bob", "vj", 1, bob, 1, 2, Noon));
        await bench.AppendAsync(Pid("cid"), Joined("cid"), new UsernameSet("cid", "vj", 2, cid, 1, 2, Noon));
        await bench.AppendAsync(Pid("bob"), new UsernameLost("bob", "vj", 1, 3, Noon));
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);
        await using var connection = bench.Database.Open();
        Assert.Equal(
            [("ann", "mc"), ("bob", bob), ("cid", "vj"), ("zoe", "dj")],
            (await connection.GetTable<UserRow>().OrderBy(row => row.Id).ToListAsync()).Select(row => (row.Id, row.Username!)));
        await bench.AppendAsync(Pid("zoe"), new UsernameSet("zoe", "x1", 1, "dj", 1, 4, Noon));
        await bench.AppendAsync(Pid("ann"), new UsernameSet("ann", "dj", 2, "mc", 2, 3, Noon));
        await bench.AppendAsync(Pid("bob"), new UsernameSet("bob", "mc", 3, bob, 2, 4, Noon));
        await bench.CaughtUpAsync(UserProjection.Key);
        Assert.Equal(["dj", "mc", "vj", "x1"], (await connection.GetTable<UserRow>().OrderBy(row => row.Id).ToListAsync()).Select(row => row.Username!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_bearers_of_a_name_in_one_run_leave_it_to_the_newest(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await bench.AppendAsync(Pid("bob"), Joined("bob"), new UsernameSet("bob", "vj", 1, Usernames.Given("bob"), 1, 2, Noon));
        await bench.AppendAsync(Pid("cid"), Joined("cid"), new UsernameSet("cid", "vj", 2, Usernames.Given("cid"), 1, 2, Noon));
        await using (bench.Run(new UserProjection()))
        {
            await bench.CaughtUpAsync(UserProjection.Key);
        }

        await bench.AppendAsync(Pid("cid"), Awarded("cid", 5, "a", 5));
        await bench.AppendAsync(Pid("ann"), Joined("ann"), new UsernameSet("ann", "vj", 3, Usernames.Given("ann"), 1, 2, Noon));
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);
        await using var connection = bench.Database.Open();
        Assert.Equal(
            [("ann", "vj"), ("bob", null), ("cid", null)],
            (await connection.GetTable<UserRow>().OrderBy(row => row.Id).ToListAsync()).Select(row => (row.Id, row.Username)));
        Assert.Equal(0, await connection.ExecuteAsync<long>("select count(*) from parked_events"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Standings_hold_on_while_the_rest_is_rebuilt(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await bench.AppendAsync(Pid("bob"), Joined("bob"), new RoleGranted("bob", Role.Moderator, "root", Noon));
        await bench.AppendAsync(Pid("bob"), new RoleRevoked("bob", "root", Noon), new UserDeleted("bob", null, 0, "bob", Noon));
        await using (bench.Run(new UserProjection()))
        {
            await bench.CaughtUpAsync(UserProjection.Key);
        }

        var listings = new UserListings(bench.Database);
        var before = Assert.Single(await listings.StandingsAsync(-1, 10));
        Assert.True(before.Deleted);
        await using var connection = bench.Database.Open();
        await new UserProjection().ResetAsync(connection, default);
        await new UserProjection().ApplyAsync(connection, [
            new JournalEvent(1, Pid("bob"), 1, 0, Joined("bob")),
            new JournalEvent(1, Pid("bob"), 1, 1, new RoleGranted("bob", Role.Moderator, "root", Noon)),
        ], default);
        Assert.Equal(before, Assert.Single(await listings.StandingsAsync(-1, 10)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_ledger_takes_a_cause_of_a_user_once(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await bench.AppendAsync(Pid("ann"), Joined("ann"), Awarded("ann", 10, "a", 10));
        await bench.AppendAsync(Pid("ann"), Awarded("ann", 10, "a", 20));
        await bench.AppendAsync(Pid("bob"), Joined("bob"), Awarded("bob", 10, "a", 10));
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);
        await using var connection = bench.Database.Open();
        Assert.Equal(["ann 10", "bob 10"], (await connection.GetTable<LedgerRow>().OrderBy(row => row.Number).ToListAsync()).Select(row => $"{row.UserId} {row.BalanceAfter}"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_history_of_points_is_paged_and_filtered(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await bench.AppendAsync(Pid("ann"), [Joined("ann"), .. Enumerable.Range(1, 25).Select(i => (IEvent)(i % 5 == 0
            ? new PointsDeducted("ann", 1, "fee", "root", $"c{i}", 100 + i, Noon)
            : Awarded("ann", 1, $"c{i}", 100 + i)))]);
        await using var running = bench.Run(new UserProjection());
        await bench.CaughtUpAsync(UserProjection.Key);
        var listings = new UserListings(bench.Database);
        var all = new List<long>();
        for (string? cursor = null; ;)
        {
            var page = (await listings.HistoryAsync("ann", null, cursor, 10))!;
            all.AddRange(page.Items.Select(entry => entry.BalanceAfter));
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(101, 25).Select(balance => (long)balance).Reverse(), all);
        Assert.Equal([125L, 120, 115, 110, 105], (await listings.HistoryAsync("ann", LedgerType.Debit, null, 10))!.Items.Select(entry => entry.BalanceAfter));
        Assert.Equal(20, (await listings.HistoryAsync("ann", LedgerType.Credit, null, 100))!.Items.Count);
        Assert.Null(await listings.HistoryAsync("ann", null, "nonsense", 10));
        Assert.All((await listings.HistoryAsync("ann", null, null, 100))!.Items, entry => Assert.Equal(7, entry.Id.Version));
    }

    private static string Pid(string user) => UserRegions.OfUser(user).PersistenceId;

    private static UserJoined Joined(string user) => new(user, Usernames.Given(user), 1, Noon);

    private static PointsAwarded Awarded(string user, long amount, string cause, long balance) => new(user, amount, "because", "x", cause, balance, Noon);

    private static async Task<IReadOnlyList<string>> DumpAsync(ReadSideBench bench)
    {
        await using var connection = bench.Database.Open();
        return
        [
            .. (await connection.GetTable<UserRow>().OrderBy(row => row.Id).ToListAsync()).Select(row => row.ToString()),
            .. (await connection.GetTable<LedgerRow>().OrderBy(row => row.Number).ToListAsync()).Select(row => row.ToString()),
            .. (await connection.GetTable<StandingRow>().OrderBy(row => row.UserId).ToListAsync()).Select(row => row.ToString()),
        ];
    }
}
