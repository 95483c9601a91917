using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class AchievementProjectionSpec
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_earned_reads_by_time_goes_with_the_account_and_is_the_same_after_a_rebuild(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var running = bench.Run(new AchievementProjection());
        await bench.AppendAsync(Pid("ann"), Earned("ann", "two", 2), Earned("ann", "one", 1));
        await bench.AppendAsync(Pid("bob"), Earned("bob", "one", 3));
        await bench.AppendAsync(Pid("ann"), Earned("ann", "three", 2));
        await bench.AppendAsync(Pid("bob"), new UserDeleted("bob", null, 0, "bob", Noon));
        await bench.CaughtUpAsync(AchievementProjection.Key);

        var tables = new AchievementTables(bench.Database);
        var before = await tables.OfUserAsync("ann");
        Assert.Equal(["one", "three", "two"], before.Select(row => row.AchievementId));
        Assert.Equal(
            new AchievementRow { UserId = "ann", AchievementId = "one", Name = "The “ü🎤”", Category = "tests", Hidden = true, Points = 7, EarnedAt = Noon.AddSeconds(1).ToUnixTimeMilliseconds() },
            before[0]);
        Assert.Empty(await tables.OfUserAsync("bob"));

        Assert.True(await ProjectionRebuild.RequestAsync(bench.Database, AchievementProjection.Key));
        await Eventually.Holds(async () => !(await Offsets.AllAsync(bench.Database, default))[AchievementProjection.Key].ResetRequested);
        await bench.CaughtUpAsync(AchievementProjection.Key);
        Assert.Equal(before, await tables.OfUserAsync("ann"));
        Assert.Empty(await tables.OfUserAsync("bob"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_achievement_of_a_user_has_one_row(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await bench.AppendAsync(Pid("ann"), Earned("ann", "one", 1));
        await bench.AppendAsync(Pid("ann"), Earned("ann", "one", 2));
        await bench.AppendAsync(Pid("bob"), Earned("bob", "one", 3));
        await using var running = bench.Run(new AchievementProjection());
        await bench.CaughtUpAsync(AchievementProjection.Key);
        var tables = new AchievementTables(bench.Database);
        Assert.Equal(Noon.AddSeconds(1).ToUnixTimeMilliseconds(), Assert.Single(await tables.OfUserAsync("ann")).EarnedAt);
        Assert.Single(await tables.OfUserAsync("bob"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_name_is_read_with_what_its_user_has_earned(string kind)
    {
        await using var bench = await ReadSideBench.On(kind);
        await using var achievements = bench.Run(new AchievementProjection());
        await using var users = bench.Run(new UserProjection());
        await bench.AppendAsync(Pid("ann"), new UserJoined("ann", Usernames.Given("ann"), Claim: 1, Noon), Earned("ann", "two", 2), Earned("ann", "one", 1));
        await bench.AppendAsync(Pid("bob"), new UserJoined("bob", Usernames.Given("bob"), Claim: 1, Noon), Earned("bob", "one", 3));
        await bench.CaughtUpAsync(AchievementProjection.Key);
        await bench.CaughtUpAsync(UserProjection.Key);
        var (ann, earned) = (await new UserListings(bench.Database).FindByNameAsync(Usernames.Given("ann"))).GetValueOrDefault();
        Assert.Equal("ann", ann.Id);
        Assert.Equal(await new AchievementTables(bench.Database).OfUserAsync("ann"), earned);
        Assert.Equal(["one", "two"], earned.Select(row => row.AchievementId));
    }

    private static string Pid(string user) => UserRegions.OfUser(user).PersistenceId;

    private static AchievementEarned Earned(string user, string id, int second) =>
        new(user, id, "The “ü🎤”", "Do it", "tests", true, 7, Noon.AddSeconds(second));
}
