using System.Text.Json;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class PointsRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task An_admin_adds_points_and_takes_them_away_once_for_each_key()
    {
        await WelcomeAsync("earner");
        var added = await ChangeAsync("earner", """{"amount":120,"reason":"Host of the week"}""", "k1");
        Assert.Equal(200, added.Status);
        Assert.Equal("""{"points":120,"level":2,"currentThreshold":100,"nextThreshold":300,"progress":10,"pointsToNextLevel":180}""", added.Body);
        Assert.Equal(added.Body, (await ChangeAsync("earner", """{"amount":120,"reason":"Host of the week"}""", "k1")).Body);
        (await ChangeAsync("earner", """{"amount":121,"reason":"Host of the week"}""", "k1")).AssertProblem(409, "idempotency_mismatch");
        (await ChangeAsync("earner", """{"type":"debit","amount":121,"reason":"x"}""")).AssertProblem(409, "insufficient_points");
        Assert.Equal(99, (await ChangeAsync("earner", """{"type":"debit","amount":21,"reason":"Late"}""")).Json.GetProperty("points").GetInt64());
        var points = await server.GetAsync("/api/users/me/points", server.Token("earner"));
        Assert.Equal((99, 1, 99), (points.Json.GetProperty("points").GetInt32(), points.Json.GetProperty("level").GetInt32(), points.Json.GetProperty("progress").GetInt32()));
    }

    [Fact]
    public async Task The_history_is_paged_newest_first_and_filtered()
    {
        await WelcomeAsync("historian");
        Response last = null!;
        for (var i = 1; i <= 5; i++)
        {
            await ChangeAsync("historian", $$"""{"amount":{{i}},"reason":"r{{i}}"}""");
            last = await ChangeAsync("historian", """{"type":"debit","amount":1,"reason":"fee"}""");
        }

        var token = server.Token("historian");
        var seen = ("X-Consistency", last.Headers["X-Consistency"]);
        var first = await server.GetAsync("/api/users/me/points/history?limit=3", token, seen);
        Assert.Equal(["debit 1 10", "credit 5 11", "debit 1 6"], Lines(first));
        var next = first.Json.GetProperty("nextCursor").GetString();
        Assert.Equal(["credit 4 7", "debit 1 3", "credit 3 4"], Lines(await server.GetAsync($"/api/users/me/points/history?limit=3&cursor={next}", token)));
        Assert.Equal(["credit 5 11", "credit 4 7", "credit 3 4", "credit 2 2", "credit 1 1"], Lines(await server.GetAsync("/api/users/me/points/history?type=credit", token, seen)));
        Assert.Equal(5, Lines(await server.GetAsync("/api/users/me/points/history?type=debit", token, seen)).Count);
        Assert.Empty(Lines(await server.GetAsync("/api/users/me/points/history", server.Token("somebody else"), seen)));
        (await server.GetAsync("/api/users/me/points/history?type=gift", token)).AssertProblem(400, "validation_error");
        (await server.GetAsync("/api/users/me/points/history?cursor=nonsense", token)).AssertProblem(400, "validation_error");
    }

    [Theory]
    [InlineData("{}", "amount")]
    [InlineData("""{"amount":1}""", "reason")]
    [InlineData("""{"amount":0,"reason":"x"}""", "amount")]
    [InlineData("""{"amount":-5,"reason":"x"}""", "amount")]
    [InlineData("""{"amount":1,"reason":" "}""", "reason")]
    [InlineData("""{"amount":1,"reason":"x","type":"gift"}""", "type")]
    [InlineData("""{"amount":1.5,"reason":"x"}""", "amount")]
    public async Task What_is_wrong_with_a_change_is_said(string body, string field)
    {
        await WelcomeAsync("clean");
        Assert.Contains(field, (await ChangeAsync("clean", body)).AssertProblem(400, "validation_error").Keys);
    }

    [Fact]
    public async Task Whom_nobody_has_seen_gets_neither_points_nor_a_role()
    {
        (await ChangeAsync("a typing error", """{"amount":1,"reason":"x"}""")).AssertProblem(404, "not_found");
        (await GrantAsync("a typing error", "moderator")).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task A_granted_role_counts_within_seconds_and_no_longer_when_it_is_taken_back()
    {
        await WelcomeAsync("helper");
        var token = server.Token("helper");
        (await server.GetAsync("/health/details", token)).AssertProblem(403, "forbidden");
        Assert.Equal(204, (await GrantAsync("helper", "admin")).Status);
        await Eventually.HoldsAsync(async () => (await server.GetAsync("/health/details", token)).Status == 200);
        Assert.Equal("admin", (await server.GetAsync("/api/users/me", token)).Json.GetProperty("role").GetString());
        Assert.Equal(204, (await GrantAsync("helper", "user")).Status);
        await Eventually.HoldsAsync(async () => (await server.GetAsync("/health/details", token)).Status == 403);
        (await GrantAsync("helper", "king")).AssertProblem(400, "validation_error");
        (await server.SendAsync(HttpMethod.Put, "/api/admin/users/helper/role", """{"role":"admin"}""", token)).AssertProblem(403, "forbidden");
    }

    [Fact]
    public async Task Entering_winning_and_voting_earn_points_and_are_counted()
    {
        var id = (await server.CreateBattleAsync("host")).GetProperty("id").GetString();
        var entry = await server.PostAsync($"/api/battles/{id}/entries", """{"content":{"type":"text","text":"I rhyme."}}""", server.Token("rapper"));
        Assert.Equal(201, entry.Status);
        await MoveAsync(id!, "voting");
        var body = JsonSerializer.Serialize(new { entryId = entry.Json.GetProperty("id").GetString() });
        Assert.Equal(201, (await server.PostAsync($"/api/battles/{id}/votes", body, server.Token("listener"))).Status);
        await MoveAsync(id!, "completed");
        await Eventually.HoldsAsync(async () => (await StatsAsync("rapper"))?.Wins == 1 && (await StatsAsync("listener"))?.Votes == 1);
        Assert.Equal((1, 1, 1, 100, 0), await StatsAsync("rapper"));
        // And what the first entry, the first results, the first victory and the first vote are worth.
        Assert.Equal(110 + 10 + 10 + 50, (await server.GetAsync("/api/users/me/points", server.Token("rapper"))).Json.GetProperty("points").GetInt32());
        Assert.Equal(1 + 5, (await server.GetAsync("/api/users/me/points", server.Token("listener"))).Json.GetProperty("points").GetInt32());
    }

    private async Task MoveAsync(string battle, string status) =>
        Assert.True((await server.PostAsync($"/api/battles/{battle}/status", $$"""{"status":"{{status}}"}""", server.Token("host"))).Status is 200 or 202);

    private async Task<(int Entries, int Completed, int Wins, int Rate, int Votes)?> StatsAsync(string user)
    {
        var stats = await server.GetAsync($"/api/users/{user}/stats");
        return stats.Status != 200 ? null : (Number("battleEntries"), Number("battlesCompleted"), Number("battleWins"), Number("winRate"), Number("votesCast"));

        int Number(string name) => stats.Json.GetProperty(name).GetInt32();
    }

    private async Task WelcomeAsync(string user) => Assert.Equal(200, (await server.GetAsync("/api/users/me", server.Token(user))).Status);

    private Task<Response> ChangeAsync(string user, string body, string? key = null) =>
        server.PostAsync($"/api/admin/users/{Uri.EscapeDataString(user)}/points", body, server.Token("root", Role.Admin), key is null ? [] : [("Idempotency-Key", key)]);

    private Task<Response> GrantAsync(string user, string role) =>
        server.SendAsync(HttpMethod.Put, $"/api/admin/users/{Uri.EscapeDataString(user)}/role", $$"""{"role":"{{role}}"}""", server.Token("root", Role.Admin));

    private static IReadOnlyList<string> Lines(Response page) =>
    [
        .. page.Json.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("type").GetString()} {item.GetProperty("amount")} {item.GetProperty("balanceAfter")}"),
    ];
}
