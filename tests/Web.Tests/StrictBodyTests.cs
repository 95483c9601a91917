using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Tests;

/// <summary>Every route that takes a body of JSON takes it strictly: also those that come later.</summary>
[Collection(OneServer.Name)]
public sealed class StrictBodyTests(ServerFixture server)
{
    private const string Id = "01938a5c-7d2e-7bb3-a3f0-5d0c1c8f2e11";

    private IEnumerable<Route> Routes => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null)
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => new Route(
            new HttpMethod(method),
            "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart part] ? part.Content : Argument(segment))),
            JsonNamingPolicy.CamelCase.ConvertName(endpoint.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!.GetProperties(BindingFlags.Public | BindingFlags.Instance)[0].Name))));

    [Fact]
    public void The_routes_are_found() => Assert.Contains(Routes, route => route.Path == $"/api/battles/{Id}/votes" && route.Field == "entryId");

    [Fact]
    public Task An_unknown_field_is_refused_by_name() => EachAsync(async route =>
        Assert.Contains("unheardOf", (await SendAsync(route, """{"unheardOf":1}""")).AssertProblem(400, "validation_error").Keys));

    [Fact]
    public Task A_field_that_comes_twice_is_refused() => EachAsync(async route =>
        Assert.Contains(route.Field, (await SendAsync(route, $$"""{"{{route.Field}}":null,"{{route.Field}}":null}""")).AssertProblem(400, "validation_error").Keys));

    [Fact]
    public Task A_field_in_other_letters_is_refused() => EachAsync(async route =>
        (await SendAsync(route, $$"""{"{{route.Field.ToUpperInvariant()}}":null}""")).AssertProblem(400, "validation_error"));

    [Theory]
    [InlineData("""{"a":""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("{} x")]
    [InlineData("/* no */ {}")]
    [InlineData("\u0000{}")]
    public Task What_is_no_json_is_refused(string body) => EachAsync(async route =>
    {
        var answer = await SendAsync(route, body);
        Assert.True(answer is { Status: 400, ErrorCode: "malformed_json" or "validation_error" }, answer.Body);
    });

    [Fact]
    public Task Depth_is_bounded() => EachAsync(async route =>
        Assert.Equal(400, (await SendAsync(route, $$"""{"{{route.Field}}":{{new string('[', 200)}}{{new string(']', 200)}}}""")).Status));

    [Fact]
    public Task A_body_beyond_one_mebibyte_is_refused() => EachAsync(async route =>
        (await SendAsync(route, $$"""{"{{route.Field}}":"{{new string('x', 1_048_577)}}"}""", headers: ServerFixture.AsksFirst)).AssertProblem(413, "too_large"));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    public Task Another_media_type_is_refused(string type) => EachAsync(async route =>
        (await SendAsync(route, "{}", type)).AssertProblem(415, "unsupported_media_type"));

    private static string Argument(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPathSegment segment) =>
        segment.Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "kind" }] ? "entry" : Id;

    private async Task EachAsync(Func<Route, Task> holds)
    {
        foreach (var route in Routes)
        {
            try
            {
                await holds(route);
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"{route.Method} {route.Path}: {failed.Message}", failed);
            }
        }
    }

    private Task<Response> SendAsync(Route route, string body, string type = "application/json", params (string Name, string Value)[] headers) =>
        server.SendAsync(route.Method, route.Path, body, server.Token("strict", Role.Admin), type, headers);

    private sealed record Route(HttpMethod Method, string Path, string Field);
}
