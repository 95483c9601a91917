using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Tests.Identity;

/// <summary>Role × action × ownership over all routes: who gets in, and what those who do not are told.</summary>
public sealed class AccessMatrixTests(ClerkServer server) : IClassFixture<ClerkServer>
{
    private const string Open = "everybody";
    private const string SignedIn = "who is signed in";
    private const string Self = "who is signed in, in person";
    private const string Creator = "the creator or a moderator";
    private const string Moderator = "a moderator";
    private const string Admin = "an admin";

    private static readonly string[] Actors = ["nobody", "impersonator", "stranger", "owner", "moderator", "admin"];

    /// <summary>Every route with who may use it; a new route needs its line here.</summary>
    private static readonly (string Route, string Who, string? Body)[] Routes =
    [
        ("POST /api/battles", SignedIn, "{}"),
        ("GET /api/battles", Open, null),
        ("GET /api/battles/{id}", Open, null),
        ("PATCH /api/battles/{id}", Creator, """{"title":"Another title"}"""),
        ("POST /api/battles/{id}/status", Creator, """{"status":"cancelled"}"""),
        ("DELETE /api/battles/{id}", Creator, null),
        ("POST /api/battles/{id}/entries", SignedIn, "{}"),
        ("GET /api/battles/{id}/entries", Open, null),
        ("GET /api/entries/{id}", Open, null),
        ("POST /api/entries/{id}/view", Open, null),
        ("POST /api/battles/{id}/votes", Self, "{}"),
        ("GET /api/battles/{id}/votes/me", SignedIn, null),
        ("GET /api/battles/{id}/tally", Open, null),
        ("GET /api/battles/{id}/results", Open, null),
        ("POST /api/moderation/{kind}/{id}", Moderator, "{}"),
        ("GET /api/token", Open, null),
        ("GET /api/token/history", Open, null),
        ("GET /api/token/milestones", Open, null),
        ("GET /api/token/transactions", Open, null),
        ("GET /api/token/stream", Open, null),
        ("GET /api/users/me/transactions", SignedIn, null),
        ("GET /api/users/me", SignedIn, null),
        ("PATCH /api/users/me", SignedIn, "{}"),
        ("DELETE /api/users/me", Self, null),
        ("GET /api/users/me/points", SignedIn, null),
        ("GET /api/users/me/points/history", SignedIn, null),
        ("GET /api/users", Open, null),
        ("GET /api/users/{username}", Open, null),
        ("GET /api/users/{userId}/stats", Open, null),
        ("GET /api/users/{userId}/achievements", Open, null),
        ("GET /api/leaderboard", Open, null),
        ("GET /api/leaderboard/me", SignedIn, null),
        ("GET /api/notifications", SignedIn, null),
        ("GET /api/notifications/unread", SignedIn, null),
        ("POST /api/notifications/read", SignedIn, "{}"),
        ("GET /api/notifications/preferences", SignedIn, null),
        ("PUT /api/notifications/preferences", SignedIn, "{}"),
        ("GET /api/admin/audit", Admin, null),
        ("GET /api/admin/audit/export", Admin, null),
        ("GET /api/admin/audit/head", Admin, null),
        ("PUT /api/admin/users/{userId}/role", Admin, "{}"),
        ("POST /api/admin/users/{userId}/points", Admin, "{}"),
        ("POST /api/wallet/challenge", Self, "{}"),
        ("POST /api/wallet/verify", Self, "{}"),
        ("GET /api/wallet", SignedIn, null),
        ("DELETE /api/wallet/{address}", Self, null),
        ("POST /api/auth/wallet/challenge", Open, "{}"),
        ("POST /api/auth/wallet/verify", Open, "{}"),
        ("POST /api/auth/refresh", Open, "{}"),
        ("POST /api/auth/logout", Open, "{}"),
        ("GET /api/auth/sessions", SignedIn, null),
        ("DELETE /api/auth/sessions/{id}", SignedIn, null),
        ("GET /api/auth/csrf", SignedIn, null),
        ("POST /api/auth/dev/token", Open, "{}"),
        ("POST /api/webhooks/clerk", Open, "{}"),
        ("GET /health", Open, null),
        ("GET /health/liveness", Open, null),
        ("GET /health/readiness", Open, null),
        ("GET /health/details", Admin, null),
    ];

    public static TheoryData<string> Table => [.. Routes.Select(row => row.Route)];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Each_route_lets_in_whom_it_should_and_tells_the_others_what_is_missing(string route)
    {
        var (_, who, body) = Routes.Single(row => row.Route == route);
        foreach (var actor in Actors)
        {
            var (status, text) = await SendAsync(route, body, actor);
            var expected = Expected(who, actor);
            Assert.Equal((actor, expected?.Status), (actor, status is 401 or 403 ? status : null));
            Assert.True(expected is null || text.Contains(expected.Value.Word, StringComparison.Ordinal), $"{actor}: {text}");
        }
    }

    [Fact]
    public void Every_route_is_in_the_table()
    {
        var mapped = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .Where(route => !route.Contains(" /openapi/", StringComparison.Ordinal) && !route.Contains(" /docs", StringComparison.Ordinal) && !route.Contains(" /hubs/", StringComparison.Ordinal));
        Assert.Equal(Routes.Select(row => row.Route).Order(StringComparer.Ordinal), mapped.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The refusal and a word of it; null for who gets in.</summary>
    private static (int Status, string Word)? Expected(string who, string actor) => (who, actor) switch
    {
        (Open, _) => null,
        (_, "nobody") => (401, "unauthorized"),
        (Self, "impersonator") => (403, "in person"),
        (SignedIn or Self, _) => null,
        (_, "admin") => null,
        (Creator, "owner" or "impersonator" or "moderator") => null,
        (Creator, _) => (403, "creator"),
        (Moderator, "moderator") => null,
        (Moderator, _) => (403, "role moderator"),
        _ => (403, "role admin"),
    };

    private async Task<(int Status, string Body)> SendAsync(string route, string? body, string actor)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var id = pattern.StartsWith("/api/battles/", StringComparison.Ordinal)
            ? (await server.CreateBattleAsync("owner", startsIn: TimeSpan.FromMinutes(30))).GetProperty("id").GetString()!
            : Guid.CreateVersion7().ToString();
        var path = pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{kind}", "entry", StringComparison.Ordinal)
            .Replace("{username}", "nobody", StringComparison.Ordinal).Replace("{userId}", "nobody", StringComparison.Ordinal)
            .Replace("{address}", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = Token(actor, route == "DELETE /api/users/me" ? "-who-leaves" : string.Empty) is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;

        // A stream has no end, so only refusals are read whole.
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var refused = (int)response.StatusCode is 401 or 403;
        return ((int)response.StatusCode, refused ? await response.Content.ReadAsStringAsync() : string.Empty);
    }

    private string? Token(string actor, string suffix) => actor switch
    {
        "nobody" => null,
        "moderator" => server.Token("mod" + suffix, Role.Moderator),
        "admin" => server.Token("root" + suffix, Role.Admin),
        "impersonator" => server.Issuer.Token("one", ("sub", "owner" + suffix), ("act", new Dictionary<string, object> { ["sub"] = "support" })),
        _ => server.Token(actor + suffix),
    };
}
