using System.Net;
using System.Net.WebSockets;
using System.Buffers.Text;
using System.Text;
using WildNOut.Actors.Engine;
using WildNOut.Web.Configuration;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class AccessTests(ServerFixture server)
{
    private static readonly string Id = Guid.CreateVersion7().ToString();

    public static TheoryData<string, string, bool> Routes => new()
    {
        { "POST", "/api/battles", true },
        { "GET", "/api/battles", false },
        { "GET", $"/api/battles/{Id}", false },
        { "PATCH", $"/api/battles/{Id}", true },
        { "POST", $"/api/battles/{Id}/status", true },
        { "DELETE", $"/api/battles/{Id}", true },
        { "POST", $"/api/battles/{Id}/entries", true },
        { "GET", $"/api/battles/{Id}/entries", false },
        { "POST", $"/api/battles/{Id}/votes", true },
        { "GET", $"/api/battles/{Id}/votes/me", true },
        { "GET", $"/api/battles/{Id}/tally", false },
        { "GET", $"/api/battles/{Id}/results", false },
        { "POST", $"/api/moderation/entry/{Id}", true },
        { "POST", "/api/wallet/challenge", true },
        { "POST", "/api/wallet/verify", true },
        { "GET", "/api/wallet", true },
        { "DELETE", "/api/wallet/TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", true },
        { "POST", "/api/auth/wallet/challenge", false },
        { "POST", "/api/auth/wallet/verify", false },
        { "POST", "/api/auth/refresh", false },
        { "POST", "/api/auth/logout", false },
        { "GET", "/api/auth/sessions", true },
        { "DELETE", $"/api/auth/sessions/{Id}", true },
        { "GET", "/api/users/me", true },
        { "PATCH", "/api/users/me", true },
        { "DELETE", "/api/users/me", true },
        { "GET", "/api/users/me/points", true },
        { "GET", "/api/users/me/points/history", true },
        { "GET", "/api/users?q=x", false },
        { "GET", "/api/users/somebody", false },
        { "GET", "/api/users/somebody/stats", false },
        { "PUT", "/api/admin/users/somebody/role", true },
        { "POST", "/api/admin/users/somebody/points", true },
        { "GET", "/health/details", true },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Without_a_token_only_open_routes_answer(string method, string path, bool guarded)
    {
        var response = await server.SendAsync(new HttpMethod(method), path, method is "POST" or "PATCH" or "PUT" ? "{}" : null);
        Assert.Equal(guarded, response.Status == 401);
        if (guarded)
        {
            response.AssertProblem(401, "unauthorized");
            Assert.Equal("Bearer", response.Headers["WWW-Authenticate"]);
        }
    }

    [Fact]
    public async Task A_missing_role_is_named()
    {
        (await server.GetAsync("/health/details", server.Token("mod", Role.Moderator))).AssertProblem(403, "forbidden");
        var refused = await server.PostAsync($"/api/moderation/entry/{Id}", "{\"action\":\"approve\"}", server.Token("user"));
        refused.AssertProblem(403, "forbidden");
        Assert.Contains("moderator", refused.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync("/health/details", server.Token("root", Role.Admin))).Status);
    }

    [Fact]
    public async Task A_stranger_may_not_move_a_battle_and_a_moderator_may()
    {
        var id = (await server.CreateBattleAsync("owner")).GetProperty("id").GetString();
        (await server.PostAsync($"/api/battles/{id}/status", "{\"status\":\"voting\"}", server.Token("stranger"))).AssertProblem(403, "forbidden");
        Assert.Equal(200, (await server.PostAsync($"/api/battles/{id}/status", "{\"status\":\"voting\"}", server.Token("mod", Role.Moderator))).Status);
    }

    public static TheoryData<string, string> Forgeries()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = $$"""{"iss":"wildnout-development","aud":"wildnout-api","sub":"eve","role":"admin","exp":{{now + 600}},"nbf":{{now - 60}}}""";
        var good = new SignedTokens(SignedTokens.DevelopmentIssuer, ServerOptions.DevelopmentSecret, TimeSpan.FromHours(1), TimeProvider.System).Issue(new Caller("eve", Role.User)).Token;
        var parts = good.Split('.');
        return new TheoryData<string, string>
        {
            { "nonsense", "x" },
            { "three parts", "a.b.c" },
            { "alg none", $"{Part("""{"alg":"none","typ":"JWT"}""")}.{Part(claims)}." },
            { "other claims under the same signature", $"{parts[0]}.{Part(claims)}.{parts[2]}" },
            { "another key", new SignedTokens(SignedTokens.DevelopmentIssuer, new string('k', 40), TimeSpan.FromHours(1), TimeProvider.System).Issue(new Caller("eve", Role.Admin)).Token },
            { "another issuer", new SignedTokens("somebody", ServerOptions.DevelopmentSecret, TimeSpan.FromHours(1), TimeProvider.System).Issue(new Caller("eve", Role.Admin)).Token },
            { "another algorithm in the header", $"{Part("""{"alg":"HS512","typ":"JWT"}""")}.{parts[1]}.{parts[2]}" },
            { "cut off", good[..^4] },
            { "very long", new string('a', 9_000) },
        };
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_token_is_refused_even_on_open_routes(string what, string token)
    {
        Assert.NotEmpty(what);
        var response = await server.GetAsync("/api/battles", token);
        response.AssertProblem(401, "unauthorized");
        Assert.Contains("invalid_token", response.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_address_counts_for_a_WebSocket_and_for_nothing_else()
    {
        Assert.Equal(200, (await server.PostAsync("/hubs/arena/negotiate?negotiateVersion=1&access_token=forged", "{}")).Status);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(server.Client.BaseAddress!) { Scheme = "ws", Path = "/hubs/arena", Query = "access_token=forged" }.Uri;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task An_expired_token_says_so()
    {
        var yesterday = new StoppedClock(DateTimeOffset.UtcNow.AddDays(-1));
        var token = new SignedTokens(SignedTokens.DevelopmentIssuer, ServerOptions.DevelopmentSecret, TimeSpan.FromHours(1), yesterday).Issue(new Caller("late", Role.User)).Token;
        (await server.GetAsync("/api/battles", token)).AssertProblem(401, "token_expired");
    }

    [Fact]
    public async Task The_development_issuer_gives_tokens_that_hold()
    {
        var issued = await server.PostAsync("/api/auth/dev/token", "{\"userId\":\"dana\",\"role\":\"admin\"}");
        Assert.Equal(200, issued.Status);
        Assert.True(issued.Json.GetProperty("expiresAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.Equal(200, (await server.GetAsync("/health/details", issued.Json.GetProperty("token").GetString())).Status);
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
