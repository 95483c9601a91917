using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WildNOut.Web.Configuration;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests.Identity;

public sealed class CookieSessionsTests(ClerkServer server) : IClassFixture<ClerkServer>
{
    [Fact]
    public async Task A_sign_in_by_cookies_shows_no_token_to_scripts()
    {
        using var wallet = new TestWallet();
        using var browser = new Browser(server);
        var body = await SignInAsync(wallet, browser);

        Assert.Equal(["csrfToken", "expiresAt"], body.Json.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal("no-store", body.Headers["Cache-Control"]);
        Assert.True(browser.Find("wildnout")!.HttpOnly && browser.Find("wildnout-refresh")!.HttpOnly);
        Assert.Equal((false, browser.Csrf), (browser.Find("wildnout-csrf")!.HttpOnly, browser.Find("wildnout-csrf")!.Value));
        Assert.Equal(["wildnout", "wildnout-csrf"], browser.NamesFor("/api/battles"));
        Assert.Equal(["wildnout", "wildnout-csrf", "wildnout-refresh"], browser.NamesFor("/api/auth/refresh"));
        Assert.Equal(200, (await browser.GetAsync("/api/wallet")).Status);
        Assert.Equal(201, (await browser.PostAsync("/api/battles", ServerFixture.BattleBody())).Status);
    }

    [Fact]
    public async Task What_changes_something_needs_an_origin_of_the_site_and_a_token_of_the_session()
    {
        using var wallet = new TestWallet();
        using var browser = new Browser(server);
        await SignInAsync(wallet, browser);
        var right = browser.Csrf!;

        foreach (var (what, origin, csrf) in (IEnumerable<(string, string?, string?)>)
            [
                ("Origin", null, right), ("Origin", "https://evil.example", right), ("Origin", "null", right), ("Origin", browser.Origin + ".evil.example", right),
                ("X-CSRF-Token", browser.Origin, null), ("X-CSRF-Token", browser.Origin, ""), ("differ", browser.Origin, right + "x"), ("differ", browser.Origin, "x.y"),
            ])
        {
            (browser.Origin, browser.Csrf) = (origin, csrf);
            var refused = await browser.PostAsync("/api/battles", ServerFixture.BattleBody());
            refused.AssertProblem(403, "invalid_csrf_token");
            Assert.Contains(what, refused.Body, StringComparison.Ordinal);
            (browser.Origin, browser.Csrf) = (new Browser(server).Origin, right);
        }

        browser.Origin = Issuer.Party;
        Assert.Equal(201, (await browser.PostAsync("/api/battles", ServerFixture.BattleBody())).Status);
    }

    [Fact]
    public async Task The_token_of_another_session_does_not_count_even_when_its_cookie_was_planted()
    {
        using var wallet = new TestWallet();
        using var other = new TestWallet();
        using var attacker = new Browser(server);
        using var victim = new Browser(server);
        await SignInAsync(other, attacker);
        await SignInAsync(wallet, victim);

        victim.Csrf = attacker.Csrf;
        victim.Put("wildnout-csrf", attacker.Csrf!);
        var refused = await victim.PostAsync("/api/battles", ServerFixture.BattleBody());

        refused.AssertProblem(403, "invalid_csrf_token");
        Assert.Contains("not of this session", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_in_cookies_is_refreshed_and_left_by_cookies()
    {
        using var wallet = new TestWallet();
        using var browser = new Browser(server);
        await SignInAsync(wallet, browser);
        var (first, access) = (browser.Find("wildnout-refresh")!.Value, browser.Find("wildnout")!.Value);

        var right = browser.Csrf;
        browser.Csrf = null;
        (await browser.PostAsync("/api/auth/refresh", "{}")).AssertProblem(403, "invalid_csrf_token");
        browser.Csrf = right;
        var refreshed = await browser.PostAsync("/api/auth/refresh", "{}");
        Assert.Equal((200, false), (refreshed.Status, refreshed.Json.TryGetProperty("refreshToken", out _)));
        Assert.NotEqual(first, browser.Find("wildnout-refresh")!.Value);

        browser.Csrf = refreshed.Json.GetProperty("csrfToken").GetString();
        Assert.Equal(204, (await browser.PostAsync("/api/auth/logout", "{}")).Status);
        Assert.Empty(browser.NamesFor("/api/auth/refresh"));
        (await browser.GetAsync("/api/wallet")).AssertProblem(401, "unauthorized");
        await Eventually(async () => (await server.GetAsync("/api/wallet", access)).Status == 401);
    }

    [Fact]
    public async Task A_refresh_cookie_of_a_session_that_is_over_is_taken_away()
    {
        using var wallet = new TestWallet();
        using var browser = new Browser(server);
        await SignInAsync(wallet, browser);
        var (id, old) = ((await browser.GetAsync("/api/auth/sessions")).Json.GetProperty("items")[0].GetProperty("id").GetString(), browser.Csrf);
        Assert.Equal(204, (await browser.SendAsync(HttpMethod.Delete, $"/api/auth/sessions/{id}")).Status);

        browser.Csrf = old;
        (await browser.PostAsync("/api/auth/refresh", "{}")).AssertProblem(401, "invalid_refresh_token");
        Assert.Empty(browser.NamesFor("/api/auth/refresh"));
    }

    [Fact]
    public async Task A_sign_in_by_cookies_from_elsewhere_is_refused_before_the_challenge_is_used_up()
    {
        using var wallet = new TestWallet();
        using var browser = new Browser(server) { Origin = "https://evil.example" };
        var proof = WithCookies(wallet.Proof(await wallet.ChallengeAsync(server, "/api/auth/wallet/challenge")));
        (await browser.PostAsync("/api/auth/wallet/verify", proof)).AssertProblem(403, "invalid_csrf_token");
        browser.Origin = Issuer.Party;
        Assert.Equal(200, (await browser.PostAsync("/api/auth/wallet/verify", proof)).Status);
    }

    [Fact]
    public async Task A_cookie_of_the_identity_provider_signs_in_and_needs_a_token_to_change_something()
    {
        using var browser = new Browser(server) { Origin = Issuer.Party };
        browser.Put(CookieSessions.ClerkCookie, server.Issuer.Token("one", ("sub", "user_cookie"), ("sid", "sess_cookie")));
        Assert.Equal(200, (await browser.GetAsync("/api/wallet")).Status);
        (await browser.PostAsync("/api/battles", ServerFixture.BattleBody())).AssertProblem(403, "invalid_csrf_token");

        browser.Csrf = (await browser.GetAsync("/api/auth/csrf")).Json.GetProperty("csrfToken").GetString();
        var created = await browser.PostAsync("/api/battles", ServerFixture.BattleBody());
        Assert.Equal((201, "user_cookie"), (created.Status, created.Json.GetProperty("creatorId").GetString()));

        // Its tokens change every minute; the session, and so the CSRF token, stays.
        browser.Put(CookieSessions.ClerkCookie, server.Issuer.Token("one", ("sub", "user_cookie"), ("sid", "sess_cookie")));
        Assert.Equal(201, (await browser.PostAsync("/api/battles", ServerFixture.BattleBody())).Status);
        browser.Put(CookieSessions.ClerkCookie, server.Issuer.Token("one", ("sub", "user_cookie"), ("sid", "sess_next")));
        (await browser.PostAsync("/api/battles", ServerFixture.BattleBody())).AssertProblem(403, "invalid_csrf_token");
    }

    [Fact]
    public async Task A_cookie_that_does_not_hold_is_as_good_as_none()
    {
        using var browser = new Browser(server);
        browser.Put(CookieSessions.ClerkCookie, server.Issuer.Token(server.Issuer.Claims(seconds: -60)));
        Assert.Equal(200, (await browser.GetAsync("/api/battles")).Status);
        (await browser.GetAsync("/api/wallet")).AssertProblem(401, "token_expired");
        browser.Put(CookieSessions.ClerkCookie, "nonsense");
        Assert.Equal(200, (await browser.GetAsync("/api/battles")).Status);
        (await browser.GetAsync("/api/wallet")).AssertProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_bearer_token_counts_before_a_cookie_and_needs_neither_origin_nor_token()
    {
        using var browser = new Browser(server) { Origin = null };
        browser.Put(CookieSessions.ClerkCookie, server.Issuer.Token("one", ("sub", "user_cookie")));
        var created = await browser.PostAsync("/api/battles", ServerFixture.BattleBody(), ("Authorization", "Bearer " + server.Issuer.Token("one", ("sub", "user_bearer"))));
        Assert.Equal((201, "user_bearer"), (created.Status, created.Json.GetProperty("creatorId").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_web_socket_with_a_cookie_comes_from_the_site_or_not_at_all(bool here)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", $"{CookieSessions.ClerkCookie}={server.Issuer.Token("one")}");
        socket.Options.SetRequestHeader("Origin", here ? Issuer.Party : "https://evil.example");
        var address = new UriBuilder(server.Client.BaseAddress!) { Scheme = "ws", Path = "/hubs/arena" }.Uri;
        if (here)
        {
            await socket.ConnectAsync(address, CancellationToken.None);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
            Assert.Equal(403, (int)socket.HttpStatusCode);
        }
    }

    [Fact]
    public void Outside_development_cookies_travel_over_TLS_only_and_belong_to_the_host()
    {
        var options = ServerOptionsReader.Read(name => name == "JWT_SECRET" ? new string('s', 32) : null, development: false).Options;
        var http = new DefaultHttpContext();
        new CookieSessions(options).Set(http.Response, "a", DateTimeOffset.UtcNow.AddMinutes(15), "r", "c");
        var cookies = http.Response.Headers.SetCookie;
        Assert.Contains(cookies, cookie => cookie!.StartsWith("__Host-wildnout=a;", StringComparison.Ordinal) && Has(cookie, "path=/;", "secure", "samesite=lax", "httponly"));
        Assert.Contains(cookies, cookie => cookie!.StartsWith("__Secure-wildnout-refresh=r;", StringComparison.Ordinal) && Has(cookie, "path=/api/auth;", "secure", "samesite=strict", "httponly"));
        Assert.Contains(cookies, cookie => cookie!.StartsWith("__Host-wildnout-csrf=c;", StringComparison.Ordinal) && Has(cookie, "path=/;", "secure", "samesite=strict") && !Has(cookie, "httponly"));
        Assert.DoesNotContain(cookies, cookie => Has(cookie!, "domain="));
    }

    private static bool Has(string cookie, params string[] parts) => parts.All(part => cookie.Contains(part, StringComparison.OrdinalIgnoreCase));

    private async Task<Response> SignInAsync(TestWallet wallet, Browser browser)
    {
        var response = await browser.PostAsync("/api/auth/wallet/verify", WithCookies(wallet.Proof(await wallet.ChallengeAsync(server, "/api/auth/wallet/challenge"))));
        Assert.Equal((200, response.Body), (response.Status, response.Body));
        browser.Csrf = response.Json.GetProperty("csrfToken").GetString();
        return response;
    }

    private static string WithCookies(string proof)
    {
        var body = JsonNode.Parse(proof)!.AsObject();
        body["cookies"] = true;
        return body.ToJsonString();
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
