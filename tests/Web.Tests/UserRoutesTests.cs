using System.Text.Json;
using WildNOut.Actors.Users;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class UserRoutesTests(ServerFixture server)
{
    private const string Me = "/api/users/me";

    [Fact]
    public async Task Who_signs_in_exists_with_a_name_and_a_tag_that_changes_with_them()
    {
        var token = server.Token("fresh");
        var me = await server.GetAsync(Me, token);
        Assert.Equal(200, me.Status);
        Assert.Equal(("fresh", Usernames.Given("fresh"), "user", 0, 1), (Text(me, "id"), Text(me, "username"), Text(me, "role"), Number(me, "points"), Number(me, "level")));
        Assert.Equal(("none", JsonValueKind.Null), (Text(me, "holderTier"), me.Json.GetProperty("displayName").ValueKind));
        Assert.Equal(304, (await server.GetAsync(Me, token, ("If-None-Match", me.Headers["ETag"]))).Status);

        var edited = await PatchAsync("fresh", """{"displayName":" Fresh Air ","bio":"Rhymes","privacy":{"showHoldings":true}}""", me.Headers["ETag"]);
        Assert.Equal((200, "Fresh Air", "Rhymes"), (edited.Status, Text(edited, "displayName"), Text(edited, "bio")));
        Assert.True(edited.Json.GetProperty("privacy").GetProperty("showHoldings").GetBoolean());
        Assert.Equal(200, (await server.GetAsync(Me, token, ("If-None-Match", me.Headers["ETag"]))).Status);
        (await PatchAsync("fresh", """{"bio":"late"}""", me.Headers["ETag"])).AssertProblem(412, "stale_version");
        Assert.Equal(200, (await PatchAsync("fresh", """{"bio":""}""", edited.Headers["ETag"])).Status);
    }

    [Fact]
    public async Task A_username_is_taken_by_one_found_at_once_and_free_again_when_it_is_left()
    {
        Assert.Equal(200, (await PatchAsync("singer", """{"username":"The_Singer"}""")).Status);
        var profile = await server.GetAsync("/api/users/THE_singer");
        Assert.Equal((200, "singer", "the_singer"), (profile.Status, Text(profile, "id"), Text(profile, "username")));
        Assert.Equal(304, (await server.GetAsync("/api/users/the_singer", null, ("If-None-Match", profile.Headers["ETag"]))).Status);
        (await PatchAsync("impostor", """{"username":"the_singer"}""")).AssertProblem(409, "username_taken");
        Assert.Equal(200, (await PatchAsync("singer", """{"username":"the_star"}""")).Status);
        await EventuallyAsync(async () => (await PatchAsync("impostor", """{"username":"the_singer"}""")).Status == 200);
        await EventuallyAsync(async () => Text(await server.GetAsync("/api/users/the_singer"), "id") == "impostor");
        (await server.GetAsync("/api/users/nobody_bears_this")).AssertProblem(404, "not_found");
        (await server.GetAsync("/api/users/no%20name")).AssertProblem(404, "not_found");
    }

    [Theory]
    [InlineData("""{"username":"x"}""", "username")]
    [InlineData("""{"username":"user_somebody"}""", "username")]
    [InlineData("""{"displayName":"x"}""", "displayName")]
    [InlineData("""{"avatarUrl":"javascript:alert(1)"}""", "avatarUrl")]
    [InlineData("""{"avatarUrl":"http://example.org/a.png"}""", "avatarUrl")]
    [InlineData("""{"role":"admin"}""", "role")]
    [InlineData("""{"privacy":{"showAll":true}}""", "privacy.showAll")]
    public async Task What_is_wrong_with_an_edit_is_said(string body, string field) =>
        Assert.Contains(field, (await PatchAsync("clumsy", body)).AssertProblem(400, "validation_error").Keys);

    [Fact]
    public async Task Wallets_and_holdings_show_only_as_far_as_their_user_wants()
    {
        using var wallet = new TestWallet();
        Assert.Equal(201, (await wallet.LinkAsync(server, "shy")).Status);
        Assert.Equal(200, (await PatchAsync("shy", """{"username":"shy_one"}""")).Status);
        var hidden = (await server.GetAsync("/api/users/shy_one")).Json;
        Assert.All(new[] { "wallets", "holdings", "holderTier" }, name => Assert.Equal(JsonValueKind.Null, hidden.GetProperty(name).ValueKind));

        await SeenAsync(await PatchAsync("shy", """{"privacy":{"showWallets":true}}"""), "shy_one", profile => profile.GetProperty("wallets").ValueKind == JsonValueKind.Array);
        var shown = (await server.GetAsync("/api/users/shy_one")).Json;
        Assert.Equal(wallet.Address, Assert.Single(shown.GetProperty("wallets").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("holdings").ValueKind);

        var less = await PatchAsync("shy", """{"privacy":{"showWallets":false,"showHoldings":true}}""");
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync("/api/users/shy_one")).Json.GetProperty("wallets").ValueKind);
        await SeenAsync(less, "shy_one", profile => profile.GetProperty("holdings").ValueKind == JsonValueKind.Object);
        shown = (await server.GetAsync("/api/users/shy_one")).Json;
        Assert.Equal((JsonValueKind.Null, "none"), (shown.GetProperty("wallets").ValueKind, shown.GetProperty("holderTier").GetString()));
    }

    [Fact]
    public async Task People_are_found_by_how_their_names_begin_by_what_they_contain_and_by_what_comes_near()
    {
        await PatchAsync("s1", """{"username":"zorbatron","displayName":"Big Room"}""");
        await PatchAsync("s2", """{"username":"mc_zorba","displayName":"Xylophone Ray"}""");
        var last = await PatchAsync("s3", """{"displayName":"Zorbas Friend"}""");
        Assert.Equal(200, last.Status);
        await EventuallyAsync(async () => (await FindAsync("zorba")).SequenceEqual(["s1", "s3", "s2"]));
        Assert.Equal(["s2"], await FindAsync("phone ra"));
        Assert.Equal(["s2"], await FindAsync("xylophne"));
        Assert.Equal(["s1"], await FindAsync("zorba", "&limit=1"));
        Assert.Empty(await FindAsync("qqqqqqqq"));
        foreach (var text in new[] { "%25%25%25", "___", "%22%20OR%20%22", "a*b(c)", "%F0%9F%8E%A4%F0%9F%8E%A4%F0%9F%8E%A4" })
        {
            Assert.Equal(200, (await server.GetAsync($"/api/users?q={text}")).Status);
        }

        foreach (var query in new[] { "", "?q=", "?q=%20", "?q=a%00b", $"?q={new string('x', 51)}", "?q=x&limit=51", "?q=x&limit=0" })
        {
            (await server.GetAsync("/api/users" + query)).AssertProblem(400, "validation_error");
        }
    }

    [Fact]
    public async Task An_account_that_is_given_up_is_gone_and_its_tokens_hold_no_more()
    {
        using var wallet = new TestWallet();
        var token = server.Token("leaver");
        Assert.Equal(201, (await wallet.LinkAsync(server, "leaver")).Status);
        Assert.Equal(200, (await PatchAsync("leaver", """{"username":"the_leaver","bio":"x"}""")).Status);
        var session = (await wallet.SignInAsync(server)).Json;
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, Me, null, token)).Status);
        await EventuallyAsync(async () => (await server.GetAsync(Me, token)) is { Status: 401, ErrorCode: "account_deleted" });
        (await server.GetAsync("/api/battles", token)).AssertProblem(401, "account_deleted");
        await EventuallyAsync(async () => (await server.GetAsync("/api/users/the_leaver")).Status == 404);
        await EventuallyAsync(async () => (await PatchAsync("heir", """{"username":"the_leaver"}""")).Status == 200);
        await EventuallyAsync(async () => (await wallet.LinkAsync(server, "heir")).Status == 201);
        var refresh = JsonSerializer.Serialize(new { refreshToken = session.GetProperty("refreshToken").GetString() });
        await EventuallyAsync(async () => (await server.PostAsync("/api/auth/refresh", refresh)).Status == 401);
        (await server.GetAsync("/api/users/leaver/stats")).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task A_wallet_s_own_user_who_gave_the_account_up_does_not_come_back()
    {
        using var wallet = new TestWallet();
        var token = (await wallet.SignInAsync(server)).Json.GetProperty("accessToken").GetString();
        Assert.Equal(200, (await server.GetAsync(Me, token)).Status);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, Me, null, token)).Status);
        (await wallet.SignInAsync(server)).AssertProblem(403, "account_deleted");
    }

    private Task<Response> PatchAsync(string user, string body, string? tag = null) =>
        server.SendAsync(HttpMethod.Patch, Me, body, server.Token(user), headers: tag is null ? [] : [("If-Match", tag)]);

    private async Task<IReadOnlyList<string>> FindAsync(string text, string more = "") =>
    [
        .. (await server.GetAsync($"/api/users?q={Uri.EscapeDataString(text)}{more}")).Json.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("id").GetString()!),
    ];

    private async Task SeenAsync(Response written, string username, Func<JsonElement, bool> holds)
    {
        Assert.Equal(200, written.Status);
        await EventuallyAsync(async () => holds((await server.GetAsync($"/api/users/{username}")).Json));
    }

    private static string? Text(Response response, string name) => response.Json.GetProperty(name).GetString();

    private static long Number(Response response, string name) => response.Json.GetProperty(name).GetInt64();

    private static Task EventuallyAsync(Func<Task<bool>> holds) => Eventually.HoldsAsync(holds);
}
