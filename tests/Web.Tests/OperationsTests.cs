using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace WildNOut.Web.Tests;

[Collection(OneServer.Name)]
public sealed class OperationsTests(ServerFixture server)
{
    [Fact]
    public async Task The_node_says_how_it_is()
    {
        var health = await server.GetAsync("/health");
        Assert.Equal((200, "healthy"), (health.Status, health.Json.GetProperty("status").GetString()));
        Assert.Equal(["cluster", "database", "journal"], health.Json.GetProperty("parts").EnumerateObject().Select(part => part.Name).Order());
        Assert.Equal(204, (await server.GetAsync("/health/liveness")).Status);
        Assert.Equal(204, (await server.GetAsync("/health/readiness")).Status);
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("has space", false)]
    [InlineData("<script>", false)]
    public async Task A_harmless_request_id_comes_back(string id, bool kept) =>
        Assert.Equal(kept, (await server.GetAsync("/health/liveness", null, ("X-Request-ID", id))).Headers["X-Request-ID"] == id);

    [Fact]
    public async Task Every_response_carries_security_headers()
    {
        foreach (var path in new[] { "/api/battles", "/api/battles?limit=0", "/api/wallet", "/nothing", "/health", "/docs/", "/docs/scalar.js", "/openapi/v1.json", "/hubs/arena" })
        {
            var headers = (await server.GetAsync(path)).Headers;
            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.Equal("DENY", headers["X-Frame-Options"]);
            Assert.Equal("no-referrer", headers["Referrer-Policy"]);
            Assert.Contains("camera=()", headers["Permissions-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("Strict-Transport-Security", headers.Keys);
            Assert.False(headers.ContainsKey("Server"));
        }
    }

    [Fact]
    public async Task Streams_carry_security_headers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/token/stream");
        using var stream = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", stream.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(stream.Headers.Contains("Content-Security-Policy") && stream.Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task The_reference_page_may_run_its_own_scripts_and_no_others()
    {
        var page = await server.GetAsync("/docs/");
        var policy = page.Headers["Content-Security-Policy"];
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        var nonce = System.Text.RegularExpressions.Regex.Match(policy, "script-src 'self' 'nonce-([^']+)'").Groups[1].Value;
        Assert.True(nonce.Length > 10, policy);
        Assert.Contains($"nonce=\"{nonce}\"", page.Body, StringComparison.Ordinal);
        Assert.NotEqual(policy, (await server.GetAsync("/docs/")).Headers["Content-Security-Policy"]);
    }

    [Fact]
    public async Task The_document_describes_every_route_with_its_error_body()
    {
        var document = (await server.GetAsync("/openapi/v1.json")).Json;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        var mapped = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {Pattern(endpoint)}"))
            .ToList();
        Assert.Contains("POST /api/battles/{id}/votes", mapped);
        Assert.All(mapped, route => Assert.Contains(route, described));
        foreach (var operation in document.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api", StringComparison.Ordinal)).SelectMany(path => path.Value.EnumerateObject()))
        {
            Assert.All(
                operation.Value.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5'),
                response => Assert.EndsWith("ProblemBody", response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal));
        }

        foreach (var responses in document.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.GetProperty("responses")))
        {
            Assert.True(responses.GetProperty("429").GetProperty("headers").TryGetProperty("Retry-After", out _));
            Assert.All(responses.EnumerateObject(), response => Assert.True(response.Value.GetProperty("headers").TryGetProperty("RateLimit", out _)));
        }

        Assert.False(document.GetProperty("paths").GetProperty("/health/readiness").GetProperty("get").GetProperty("responses").TryGetProperty("429", out _));
        Assert.Equal(
            ["description", "endTime", "startTime", "title", "type"],
            document.GetProperty("components").GetProperty("schemas").GetProperty("CreateBattleRequest").GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order());
    }

    [Fact]
    public async Task The_reference_page_loads_nothing_from_elsewhere()
    {
        var page = await server.GetAsync("/docs/");
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("src=\"http", page.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.GetAsync("/docs/scalar.js")).Status);
    }

    private static string Pattern(RouteEndpoint endpoint)
    {
        var text = endpoint.RoutePattern.RawText!.TrimEnd('/');
        return text.StartsWith('/') ? text : "/" + text;
    }
}

/// <summary>A node of its own, because it is stopped.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task A_node_that_leaves_wants_no_requests_and_finishes_those_it_has()
    {
        var server = new ServerFixture();
        await server.InitializeAsync();
        try
        {
            var battle = await server.CreateBattleAsync("leaver");
            Assert.Equal(JsonValueKind.String, battle.GetProperty("id").ValueKind);
            using var gone = new CancellationTokenSource();
            var lifetime = server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>();
            var probe = server.Services.GetRequiredService<Operations.HealthProbe>();
            Assert.Null(probe.WhyNotReady());
            lifetime.StopApplication();
            Assert.NotNull(probe.WhyNotReady());
            (await server.GetAsync("/health/readiness")).AssertProblem(503, "unavailable");
            var late = await server.GetAsync($"/api/battles/{battle.GetProperty("id").GetString()}");
            Assert.Equal(200, late.Status);
            await server.StopAsync();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
