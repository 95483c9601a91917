using System.Text.Json;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class BattleRoutesTests(ServerFixture server)
{
    [Fact]
    public async Task A_battle_goes_from_creation_to_results()
    {
        var owner = server.Token("flow-owner");
        var id = (await server.CreateBattleAsync("flow-owner")).GetProperty("id").GetString();
        var entered = await server.PostAsync($"/api/battles/{id}/entries", "{\"content\":{\"type\":\"text\",\"text\":\"bars\"}}", server.Token("flow-artist"));
        Assert.Equal(201, entered.Status);
        var entry = entered.Json.GetProperty("id").GetString();
        Assert.Equal($"/api/entries/{entry}", entered.Headers["Location"]);
        Assert.Equal(200, (await server.GetAsync($"/api/entries/{entry}")).Status);
        Assert.Equal(204, (await server.PostAsync($"/api/entries/{entry}/view", "")).Status);
        (await server.PostAsync($"/api/battles/{id}/votes", $"{{\"entryId\":\"{entry}\"}}", server.Token("flow-fan"))).AssertProblem(409, "battle_not_voting");
        Assert.Equal(200, (await server.PostAsync($"/api/battles/{id}/status", "{\"status\":\"voting\"}", owner)).Status);
        (await server.PostAsync($"/api/battles/{id}/entries", "{\"content\":{\"type\":\"text\",\"text\":\"late\"}}", server.Token("flow-late")))
            .AssertProblem(409, "battle_not_accepting_entries");

        var vote = await server.PostAsync($"/api/battles/{id}/votes", $"{{\"entryId\":\"{entry}\"}}", server.Token("flow-fan"));
        Assert.Equal(201, vote.Status);
        Assert.Equal(1, vote.Json.GetProperty("weight").GetInt32());
        (await server.PostAsync($"/api/battles/{id}/votes", $"{{\"entryId\":\"{entry}\"}}", server.Token("flow-fan"))).AssertProblem(409, "already_voted");
        var mine = await server.GetAsync($"/api/battles/{id}/votes/me", server.Token("flow-fan"));
        Assert.Equal(1, mine.Json.GetProperty("items").GetArrayLength());

        var judged = await server.PostAsync($"/api/moderation/entry/{entry}", "{\"action\":\"approve\"}", server.Token("flow-mod", Role.Moderator));
        Assert.Equal("approved", judged.Json.GetProperty("moderation").GetProperty("status").GetString());
        (await server.GetAsync($"/api/battles/{id}/results")).AssertProblem(404, "not_found");
        Assert.Contains((await server.PostAsync($"/api/battles/{id}/status", "{\"status\":\"completed\"}", owner)).Status, new[] { 200, 202 });
        var results = await EventuallyAsync(() => server.GetAsync($"/api/battles/{id}/results"), response => response.Status == 200);
        var winner = results.Json.GetProperty("entries")[0];
        Assert.Equal((1, 1L, "flow-artist"), (winner.GetProperty("rank").GetInt32(), winner.GetProperty("total").GetInt64(), winner.GetProperty("userId").GetString()));
        (await server.SendAsync(HttpMethod.Delete, $"/api/battles/{id}", null, owner)).AssertProblem(409, "invalid_transition");
    }

    [Fact]
    public async Task A_cancelled_battle_leaves_nothing_to_say()
    {
        var id = (await server.CreateBattleAsync("cancel")).GetProperty("id").GetString();
        var response = await server.SendAsync(HttpMethod.Delete, $"/api/battles/{id}", null, server.Token("cancel"));
        Assert.Equal((204, ""), (response.Status, response.Body));
        Assert.True(response.Headers.ContainsKey("X-Consistency"));
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_first_answer_and_another_body_is_refused()
    {
        var token = server.Token("repeat");
        var body = ServerFixture.BattleBody("Repeat after me");
        var first = await server.PostAsync("/api/battles", body, token, ("Idempotency-Key", "k-1"));
        var second = await server.PostAsync("/api/battles", body, token, ("Idempotency-Key", "k-1"));
        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal(first.Body, second.Body);
        (await server.PostAsync("/api/battles", ServerFixture.BattleBody("Another"), token, ("Idempotency-Key", "k-1"))).AssertProblem(409, "idempotency_mismatch");
        var other = await server.PostAsync("/api/battles", body, server.Token("repeat-2"), ("Idempotency-Key", "k-1"));
        Assert.NotEqual(first.Json.GetProperty("id").GetString(), other.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_repeated_vote_and_a_repeated_entry_get_the_first_answer()
    {
        var id = (await server.CreateBattleAsync("once")).GetProperty("id").GetString();
        var content = "{\"content\":{\"type\":\"text\",\"text\":\"bars\"}}";
        var entries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            server.PostAsync($"/api/battles/{id}/entries", content, server.Token("once-artist"), ("Idempotency-Key", "e"))));
        Assert.All(entries, entry => Assert.Equal(201, entry.Status));
        var entryId = Assert.Single(entries.Select(entry => entry.Json.GetProperty("id").GetString()).Distinct());
        await server.PostAsync($"/api/battles/{id}/status", "{\"status\":\"voting\"}", server.Token("once"));
        var votes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            server.PostAsync($"/api/battles/{id}/votes", $"{{\"entryId\":\"{entryId}\"}}", server.Token("once-fan"), ("Idempotency-Key", "v"))));
        Assert.All(votes, vote => Assert.Equal(201, vote.Status));
        Assert.Single(votes.Select(vote => vote.Body).Distinct());
    }

    [Fact]
    public async Task Tags_spare_a_read_and_guard_an_edit()
    {
        var token = server.Token("tags");
        var battle = await server.CreateBattleAsync("tags", startsIn: TimeSpan.FromHours(1));
        var path = $"/api/battles/{battle.GetProperty("id").GetString()}";
        var read = await server.GetAsync(path);
        var tag = read.Headers["ETag"];
        Assert.Equal("\"1-0\"", tag);
        var again = await server.GetAsync(path, null, ("If-None-Match", $"\"other\", W/{tag}"));
        Assert.Equal((304, ""), (again.Status, again.Body));
        var edited = await server.SendAsync(HttpMethod.Patch, path, "{\"title\":\"Edited title\"}", token, headers: ("If-Match", tag));
        Assert.Equal((200, "Edited title"), (edited.Status, edited.Json.GetProperty("title").GetString()));
        (await server.SendAsync(HttpMethod.Patch, path, "{\"title\":\"Too late\"}", token, headers: ("If-Match", tag))).AssertProblem(412, "stale_version");
        (await server.SendAsync(HttpMethod.Patch, path, "{\"title\":\"Nonsense\"}", token, headers: ("If-Match", "\"abc\""))).AssertProblem(412, "stale_version");
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Patch, path, "{\"title\":\"Any version\"}", token, headers: ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        string? consistency = null;
        for (var i = 0; i < 5; i++)
        {
            var created = await server.PostAsync("/api/battles", ServerFixture.BattleBody($"Page {i}"), server.Token("pager"));
            consistency = created.Headers["X-Consistency"];
        }

        var titles = new List<string>();
        var next = "/api/battles?creatorId=pager&limit=2";
        var pages = 0;
        while (next is not null)
        {
            var page = await server.GetAsync(next, null, pages++ == 0 ? [("X-Consistency", consistency!)] : []);
            Assert.Equal(200, page.Status);
            titles.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
            next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            Assert.Equal(next is null, page.Json.GetProperty("nextCursor").ValueKind == JsonValueKind.Null);
            Assert.True(next is null || link!.EndsWith("; rel=\"next\"", StringComparison.Ordinal));
        }

        Assert.Equal(["Page 4", "Page 3", "Page 2", "Page 1", "Page 0"], titles);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_list_with_the_consistency_token_shows_the_write_although_the_page_was_read_a_moment_ago()
    {
        for (var i = 1; i <= 5; i++)
        {
            await server.GetAsync("/api/battles?creatorId=consistent");
            var created = await server.PostAsync("/api/battles", ServerFixture.BattleBody(), server.Token("consistent"));
            var list = await server.GetAsync("/api/battles?creatorId=consistent", null, ("X-Consistency", created.Headers["X-Consistency"]));
            Assert.Equal(i, list.Json.GetProperty("items").GetArrayLength());
        }
    }

    private static async Task<Response> EventuallyAsync(Func<Task<Response>> ask, Func<Response, bool> until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var response = await ask();
            if (until(response))
            {
                return response;
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
