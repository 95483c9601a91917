using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class LeaderboardRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task Points_show_on_every_board_at_once_for_who_sends_the_write_back()
    {
        string[] crowd = [.. Enumerable.Range(0, 8).Select(number => $"leader-{number}-{Guid.NewGuid():N}")];
        string token = "";
        foreach (var (user, index) in crowd.Select((user, index) => (user, index)))
        {
            token = await AwardAsync(user, 1_000_000 - index);
        }

        foreach (var timeframe in new[] { "all", "day", "week", "month" })
        {
            var first = await server.GetAsync($"/api/leaderboard?timeframe={timeframe}&limit=5", null, ("X-Consistency", token));
            Assert.Equal(200, first.Status);
            Assert.Equal(timeframe, first.Json.GetProperty("timeframe").GetString());
            var second = await server.GetAsync($"/api/leaderboard?timeframe={timeframe}&limit=3&cursor={first.Json.GetProperty("nextCursor").GetString()}");
            Assert.Equal(
                crowd.Select((user, index) => (index + 1L, user, 1_000_000L - index)),
                Items(first).Concat(Items(second)).Select(item => (item.GetProperty("rank").GetInt64(), item.GetProperty("userId").GetString()!, item.GetProperty("points").GetInt64())));
            Assert.Contains($"timeframe={timeframe}&limit=5&cursor=", first.Headers["Link"], StringComparison.Ordinal);

            var mine = (await server.GetAsync($"/api/leaderboard/me?timeframe={timeframe}", server.Token(crowd[6]), ("X-Consistency", token))).Json;
            Assert.Equal((timeframe, 7, 999_994), (mine.GetProperty("timeframe").GetString(), mine.GetProperty("rank").GetInt32(), mine.GetProperty("points").GetInt32()));
            Assert.Equal(crowd[1..], mine.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("userId").GetString()).Take(7));
        }

        var leader = Items(await server.GetAsync("/api/leaderboard?limit=1")).Single();
        Assert.Equal(Usernames.Given(crowd[0]), leader.GetProperty("username").GetString());
        Assert.Equal(Levels.Of(1_000_000), leader.GetProperty("level").GetInt64());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (leader.GetProperty("displayName").ValueKind, leader.GetProperty("avatarUrl").ValueKind));
        Assert.Equal("all", (await server.GetAsync("/api/leaderboard")).Json.GetProperty("timeframe").GetString());
    }

    [Fact]
    public async Task Who_has_no_points_has_no_rank()
    {
        var mine = (await server.GetAsync("/api/leaderboard/me?timeframe=day", server.Token("nobody-of-note"))).Json;
        Assert.Equal((JsonValueKind.Null, 0, 0), (mine.GetProperty("rank").ValueKind, mine.GetProperty("points").GetInt32(), mine.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public async Task One_s_own_rank_needs_somebody() => (await server.GetAsync("/api/leaderboard/me")).AssertProblem(401, "unauthorized");

    [Theory]
    [InlineData("timeframe=year", "timeframe")]
    [InlineData("timeframe=Day", "timeframe")]
    [InlineData("timeframe=", "timeframe")]
    [InlineData("timeframe=1", "timeframe")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor")]
    public async Task A_board_that_cannot_be_is_refused(string query, string field) =>
        Assert.Contains(field, (await server.GetAsync($"/api/leaderboard?{query}")).AssertProblem(400, "validation_error").Keys);

    [Theory]
    [InlineData("timeframe", "?timeframe=hour", null)]
    [InlineData("X-Consistency", "", "nonsense")]
    public async Task A_rank_on_a_board_that_cannot_be_is_refused(string field, string query, string? token) => Assert.Contains(
        field,
        (await server.GetAsync($"/api/leaderboard/me{query}", server.Token("ann"), token is null ? [] : [("X-Consistency", token)])).AssertProblem(400, "validation_error").Keys);

    private static IEnumerable<JsonElement> Items(Response page) => page.Json.GetProperty("items").EnumerateArray();

    /// <summary>Gives points, and the token of that write.</summary>
    private async Task<string> AwardAsync(string user, long amount)
    {
        var gateway = server.Services.GetRequiredService<EntityGateway>();
        Assert.IsType<Done>(await gateway.AskAsync(UserRegions.OfUser(user), new WelcomeUser()));
        var done = Assert.IsType<Done>(await gateway.AskAsync(UserRegions.OfUser(user), new AwardPoints(amount, "a reason", "a test", "once")));
        return new ConsistencyToken(UserRegions.OfUser(user).PersistenceId, done.SequenceNr).Encode();
    }
}
