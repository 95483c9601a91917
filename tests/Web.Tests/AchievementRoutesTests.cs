using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class AchievementRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task What_deeds_come_to_is_listed_for_the_user_and_in_part_for_everybody()
    {
        var token = server.Token("achiever");
        var fresh = (await server.GetAsync("/api/users/me/achievements", token)).Json;
        Assert.Equal(("achiever", 0), (fresh.GetProperty("userId").GetString(), fresh.GetProperty("earned").GetInt32()));
        Assert.True(fresh.GetProperty("total").GetInt32() >= 25);

        await DoAsync("achiever", new Deed(DeedKind.VoteCast, "entry", DateTimeOffset.UtcNow));
        var mine = (await server.GetAsync("/api/users/me/achievements", token)).Json;
        var voting = Category(mine, "voting");
        var first = Item(voting, "first-vote");
        Assert.Equal((true, "votes_cast", 1), (first.GetProperty("earned").GetBoolean(), Criteria(first).GetProperty("type").GetString(), Criteria(first).GetProperty("threshold").GetInt32()));
        Assert.Equal((1, 2), (Progress(Item(voting, "juror")).GetProperty("current").GetInt32(), Progress(Item(voting, "juror")).GetProperty("percent").GetInt32()));
        var secret = Item(voting, "no-sleep");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null), (secret.GetProperty("description").ValueKind, Criteria(secret).ValueKind, Progress(secret).ValueKind));
        Assert.Equal(mine.GetRawText(), (await server.GetAsync("/api/users/achiever/achievements", token)).Body);

        foreach (var reader in new[] { null, server.Token("somebody"), server.Token("chief", Role.Admin) })
        {
            var seen = (await server.GetAsync("/api/users/achiever/achievements", reader)).Json;
            var item = Assert.Single(Category(seen, "voting").GetProperty("items").EnumerateArray());
            Assert.Equal(("first-vote", JsonValueKind.Null), (item.GetProperty("id").GetString(), Progress(item).ValueKind));
            Assert.Single(seen.GetProperty("categories").EnumerateArray());
            Assert.True(seen.GetProperty("total").GetInt32() < mine.GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task Nobody_s_achievements_are_not_there_and_one_s_own_need_a_token()
    {
        (await server.GetAsync("/api/users/never-was-here/achievements")).AssertProblem(404, "not_found");
        (await server.GetAsync("/api/users/never-was-here/achievements", server.Token("somebody"))).AssertProblem(404, "not_found");
        (await server.GetAsync("/api/users/me/achievements")).AssertProblem(401, "unauthorized");
        (await server.GetAsync("/api/users/me/achievements", "not.a.token")).AssertProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_list_that_has_not_changed_is_not_sent_again()
    {
        await DoAsync("unchanged", new Deed(DeedKind.CommentCreated, "comment", DateTimeOffset.UtcNow));
        var first = await server.GetAsync("/api/users/unchanged/achievements");
        Assert.Equal(304, (await server.GetAsync("/api/users/unchanged/achievements", headers: ("If-None-Match", first.Headers["ETag"]))).Status);
        await DoAsync("unchanged", new Deed(DeedKind.VoteCast, "entry", DateTimeOffset.UtcNow));
        Assert.Equal(200, (await server.GetAsync("/api/users/unchanged/achievements", headers: ("If-None-Match", first.Headers["ETag"]))).Status);
    }

    private static JsonElement Category(JsonElement list, string name) =>
        list.GetProperty("categories").EnumerateArray().Single(category => category.GetProperty("category").GetString() == name);

    private static JsonElement Item(JsonElement category, string id) =>
        category.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);

    private static JsonElement Criteria(JsonElement item) => item.GetProperty("criteria");

    private static JsonElement Progress(JsonElement item) => item.GetProperty("progress");

    private async Task DoAsync(string user, Deed deed) => Assert.IsType<Done>(
        await server.Services.GetRequiredService<EntityGateway>().AskAsync(UserRegions.OfUser(user), RecordDeeds.Of(deed)));
}
