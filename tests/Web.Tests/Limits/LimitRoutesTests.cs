using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests.Limits;

/// <summary>Limits as a client sees them.</summary>
[Collection(OneEdge.Name)]
public sealed partial class LimitRoutesTests(EdgeFixture server)
{
    [Theory]
    [InlineData("/api/battles", 200, "battles", 200)]
    [InlineData("/api/battles?limit=0", 400, "battles", 200)]
    [InlineData("/api/battles/01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11", 404, "battles", 200)]
    [InlineData("/api/entries/01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11", 404, "battles", 200)]
    [InlineData("/api/wallet", 401, "default", 100)]
    [InlineData("/api/token", 200, "default", 100)]
    [InlineData("/api/nowhere", 404, "default", 100)]
    [InlineData("/openapi/v1.json", 200, "default", 100)]
    [InlineData("/docs/", 200, "default", 100)]
    public async Task Every_answer_says_what_is_allowed_and_what_is_left(string path, int status, string policy, int max)
    {
        var client = server.NewClient();
        for (var number = 1; number <= 3; number++)
        {
            var answer = await server.GetAsync(path, null, client);
            Assert.Equal(status, answer.Status);
            Assert.Equal($"\"{policy}\";q={max};w=60", answer.Headers["RateLimit-Policy"]);
            var (name, left, seconds) = Left(answer);
            Assert.Equal((policy, max - number), (name, left));
            Assert.InRange(seconds, 1, 60);
        }
    }

    [Theory]
    [InlineData("POST", "/api/battles", "{", 400)]
    [InlineData("POST", "/api/battles", "no", 415)]
    [InlineData("PUT", "/api/battles", "{}", 405)]
    public async Task A_failure_says_it_too(string method, string path, string body, int status)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path, body, server.Token($"fails-{method}-{status}"), body == "no" ? "text/plain" : "application/json");
        Assert.Equal(status, answer.Status);
        Assert.True(Left(answer).Left > 90);
    }

    [Fact]
    public async Task A_body_that_is_too_large_says_it_too()
    {
        var answer = await server.PostAsync("/api/battles", "{\"title\":\"" + new string('x', 1_100_000) + "\"}", server.Token(server.NewUser()), ServerFixture.AsksFirst);
        answer.AssertProblem(413, "too_large");
        Assert.Equal(("battles", 199), (Left(answer).Policy, Left(answer).Left));
    }

    [Fact]
    public async Task What_is_too_much_is_refused_until_the_window_ends()
    {
        var client = server.NewClient();
        for (var number = 0; number < 100; number++)
        {
            Assert.Equal(404, (await server.GetAsync("/api/nowhere", null, client)).Status);
        }

        var refused = await server.GetAsync("/api/nowhere", null, client);
        refused.AssertProblem(429, "rate_limit_exceeded");
        var (policy, left, seconds) = Left(refused);
        Assert.Equal(("default", 0), (policy, left));
        Assert.Equal(seconds, int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture));
        Assert.Equal("nosniff", refused.Headers["X-Content-Type-Options"]);
        Assert.Equal(404, (await server.GetAsync("/api/nowhere", null, server.NewClient())).Status);
        Assert.Equal(200, (await server.GetAsync("/api/battles", null, client)).Status);
    }

    [Fact]
    public async Task A_user_is_counted_wherever_he_comes_from_and_nobody_with_him()
    {
        var token = server.Token(server.NewUser());
        var (first, second) = (server.NewClient(), server.NewClient());
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", token, first)).Left);
        Assert.Equal(198, Left(await server.GetAsync("/api/battles", token, second)).Left);
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", null, second)).Left);
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", server.Token(server.NewUser()), second)).Left);
    }

    [Fact]
    public async Task Only_proxies_that_are_trusted_are_believed()
    {
        // The proxy 127.0.0.1 heard it from 10.1.2.3, which heard it from the client: what the client itself claims does not count.
        var (client, other) = (server.NewClient().Value, server.NewClient().Value);
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", null, EdgeFixture.ForwardedFor($"1.1.1.1, {client}, 10.1.2.3"))).Left);
        Assert.Equal(198, Left(await server.GetAsync("/api/battles", null, EdgeFixture.ForwardedFor($"2.2.2.2, {client}"))).Left);
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", null, EdgeFixture.ForwardedFor($"{client}, {other}"))).Left);
    }

    [Fact]
    public async Task Whoever_has_one_address_of_an_ipv6_network_has_all_of_it()
    {
        var (network, other) = (server.NewNetwork(), server.NewNetwork());
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", null, EdgeFixture.ForwardedFor($"{network}1"))).Left);
        Assert.Equal(198, Left(await server.GetAsync("/api/battles", null, EdgeFixture.ForwardedFor($"{network[..^1]}ffff::9"))).Left);
        Assert.Equal(199, Left(await server.GetAsync("/api/battles", null, EdgeFixture.ForwardedFor($"{other}1"))).Left);
    }

    [Fact]
    public async Task A_refused_token_and_a_missing_right_are_counted()
    {
        var client = server.NewClient();
        var forged = await server.GetAsync("/api/battles", "forged", client);
        forged.AssertProblem(401, "unauthorized");
        Assert.Equal(199, Left(forged).Left);
        var forbidden = await server.GetAsync("/health/details", server.Token("nosy"));
        forbidden.AssertProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/liveness")]
    [InlineData("/health/readiness")]
    public async Task What_machines_ask_is_not_counted(string path) =>
        Assert.DoesNotContain("RateLimit", (await server.GetAsync(path)).Headers.Keys);

    [Fact]
    public async Task Opening_the_hub_is_counted_and_its_traffic_is_not()
    {
        var client = server.NewClient();
        var negotiated = await server.SendAsync(HttpMethod.Post, "/hubs/arena/negotiate?negotiateVersion=1", "", headers: client);
        Assert.Equal((200, 99), (negotiated.Status, Left(negotiated).Left));
        Assert.Equal("nosniff", negotiated.Headers["X-Content-Type-Options"]);
        Assert.Equal(98, Left(await server.SendAsync(HttpMethod.Post, "/hubs/arena/negotiate?negotiateVersion=1&id=x", "", headers: client)).Left);
        var poll = await server.GetAsync("/hubs/arena?id=nobody", null, client);
        Assert.Equal(404, poll.Status);
        Assert.DoesNotContain("RateLimit", poll.Headers.Keys);
    }

    [Fact]
    public async Task Signing_in_is_limited_to_five_attempts_a_minute()
    {
        var client = server.NewClient();
        for (var left = 4; left >= 0; left--)
        {
            var attempt = await server.PostAsync("/api/auth/wallet/challenge", "{}", null, client);
            attempt.AssertProblem(400, "validation_error");
            Assert.Equal(("auth", left), (Left(attempt).Policy, Left(attempt).Left));
            Assert.Equal("\"auth\";q=5;w=60, \"auth-failures\";q=5;w=900", attempt.Headers["RateLimit-Policy"]);
        }

        var refused = await server.PostAsync("/api/auth/wallet/challenge", "{}", null, client);
        refused.AssertProblem(429, "rate_limit_exceeded");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(404, (await server.GetAsync("/api/nowhere", null, client)).Status);
    }

    [Fact]
    public async Task Five_failures_lock_out_for_longer_than_the_window()
    {
        var client = server.NewClient();
        var body = JsonSerializer.Serialize(new { refreshToken = "guess.guess" });
        for (var number = 0; number < 5; number++)
        {
            (await server.PostAsync("/api/auth/refresh", body, null, client)).AssertProblem(401, "invalid_refresh_token");
        }

        var locked = await server.PostAsync("/api/auth/wallet/challenge", "{}", null, client);
        locked.AssertProblem(429, "rate_limit_exceeded");
        Assert.InRange(int.Parse(locked.Headers["Retry-After"], CultureInfo.InvariantCulture), 800, 900);
        Assert.Equal(("auth-failures", 0), (Left(locked).Policy, Left(locked).Left));
        Assert.NotEqual(429, (await server.PostAsync("/api/auth/wallet/challenge", "{}", null, server.NewClient())).Status);
    }

    [Fact]
    public async Task Refresh_tokens_of_sessions_that_are_over_do_not_lock_out()
    {
        var client = server.NewClient();
        var token = new RefreshTokens("some secret").Open("somebody", "a nonce").ToString();
        for (var number = 0; number < 5; number++)
        {
            (await server.PostAsync("/api/auth/refresh", JsonSerializer.Serialize(new { refreshToken = token }), null, client)).AssertProblem(401, "invalid_refresh_token");
        }

        var refused = await server.PostAsync("/api/auth/wallet/challenge", "{}", null, client);
        refused.AssertProblem(429, "rate_limit_exceeded");
        Assert.Equal("auth", Left(refused).Policy);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task Proving_a_wallet_is_limited_by_user()
    {
        var prover = server.Token(server.NewUser());
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal(400, (await server.PostAsync($"/api/wallet/{(number % 2 == 0 ? "verify" : "challenge")}", "{}", prover, server.NewClient())).Status);
        }

        (await server.PostAsync("/api/wallet/verify", "{}", prover, server.NewClient())).AssertProblem(429, "rate_limit_exceeded");
        Assert.Equal(400, (await server.PostAsync("/api/wallet/verify", "{}", server.Token(server.NewUser()))).Status);
        Assert.Equal(200, (await server.GetAsync("/api/wallet", prover)).Status);
    }

    [Fact]
    public async Task A_token_that_has_merely_expired_is_no_failure()
    {
        var client = server.NewClient();
        for (var number = 0; number < 5; number++)
        {
            (await server.GetAsync("/api/auth/sessions", null, client)).AssertProblem(401, "unauthorized");
        }

        Assert.InRange(int.Parse((await server.GetAsync("/api/auth/sessions", null, client)).Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task The_development_issuer_guards_nothing_and_is_limited_like_anything_else() =>
        Assert.Equal("default", Left(await server.PostAsync("/api/auth/dev/token", "{\"userId\":\"dev\"}", null, server.NewClient())).Policy);

    private static (string Policy, int Left, int Seconds) Left(Response response)
    {
        var match = RateLimit().Match(response.Headers["RateLimit"]);
        Assert.True(match.Success, response.Headers["RateLimit"]);
        return (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("^\"([a-z-]+)\";r=(\\d+);t=(\\d+)$")]
    private static partial Regex RateLimit();
}
