namespace WildNOut.Web.Tests.Limits;

/// <summary>What browsers on other origins are told.</summary>
[Collection(OneEdge.Name)]
public sealed class CorsTests(EdgeFixture server)
{
    [Theory]
    [InlineData("GET", "/api/battles", 200)]
    [InlineData("GET", "/api/nowhere", 404)]
    [InlineData("POST", "/api/battles", 401)]
    [InlineData("POST", "/hubs/arena/negotiate?negotiateVersion=1", 200)]
    public async Task A_front_end_may_read_answers_and_failures_with_their_headers(string method, string path, int status)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, headers: [("Origin", EdgeFixture.FrontEnd), server.NewClient()]);
        Assert.Equal(status, answer.Status);
        Assert.Equal(EdgeFixture.FrontEnd, answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("true", answer.Headers["Access-Control-Allow-Credentials"]);
        Assert.Contains("Origin", answer.Headers["Vary"], StringComparison.Ordinal);
        var exposed = answer.Headers["Access-Control-Expose-Headers"].Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in new[] { "X-Request-ID", "ETag", "Link", "Retry-After", "RateLimit", "RateLimit-Policy", "X-Consistency" })
        {
            Assert.Contains(name, exposed);
        }
    }

    [Fact]
    public async Task It_may_read_what_was_too_large_and_what_was_too_much()
    {
        var client = server.NewClient();
        var large = await server.PostAsync(
            "/api/battles", "{\"title\":\"" + new string('x', 1_100_000) + "\"}", server.Token("far"), ("Origin", EdgeFixture.FrontEnd), client, ServerFixture.AsksFirst);
        Assert.Equal((413, EdgeFixture.FrontEnd), (large.Status, large.Headers["Access-Control-Allow-Origin"]));
        var answer = await server.PostAsync("/api/auth/logout", "{}", null, ("Origin", EdgeFixture.FrontEnd), client);
        while (answer.Status != 429)
        {
            Assert.Equal(400, answer.Status);
            answer = await server.PostAsync("/api/auth/logout", "{}", null, ("Origin", EdgeFixture.FrontEnd), client);
        }

        Assert.Equal(EdgeFixture.FrontEnd, answer.Headers["Access-Control-Allow-Origin"]);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("null")]
    public async Task Another_origin_may_read_nothing(string origin)
    {
        var answer = await server.GetAsync("/api/battles", null, ("Origin", origin), server.NewClient());
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", answer.Headers.Keys);
        var preflight = await PreflightAsync(origin, "/api/battles");
        Assert.DoesNotContain("Access-Control-Allow-Origin", preflight.Headers.Keys);
    }

    [Theory]
    [InlineData("/api/battles")]
    [InlineData("/hubs/arena/negotiate")]
    public async Task A_preflight_is_answered_once_for_an_hour(string path)
    {
        var preflight = await PreflightAsync(EdgeFixture.FrontEnd, path);
        Assert.Equal(204, preflight.Status);
        Assert.Equal("3600", preflight.Headers["Access-Control-Max-Age"]);
        Assert.Equal(EdgeFixture.FrontEnd, preflight.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("PATCH", preflight.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Contains("idempotency-key", preflight.Headers["Access-Control-Allow-Headers"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("nosniff", preflight.Headers["X-Content-Type-Options"]);
    }

    private Task<Response> PreflightAsync(string origin, string path) => server.SendAsync(HttpMethod.Options, path, headers:
    [
        ("Origin", origin), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key,if-match"),
    ]);
}
