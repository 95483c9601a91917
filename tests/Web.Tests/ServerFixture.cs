using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WildNOut.Actors.Engine;
using WildNOut.Chain;
using WildNOut.Web.Configuration;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Tests;

/// <summary>A whole node on a fresh SQLite file and a port of its own, for all tests of a collection.</summary>
public class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wildnout-web-").FullName;
    private WebApplication _app = null!;

    /// <summary>Goes with a body that is refused before it is read, so that the answer comes before the connection ends.</summary>
    public static readonly (string Name, string Value) AsksFirst = ("Expect", "100-continue");

    /// <summary>The token of the platform; null for none.</summary>
    public string? Mint { get; init; } = "WNouT1111111111111111111111111111111111111";

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public Task StopAsync() => _app.StopAsync();

    /// <summary>What this node is told beside the usual.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    public async Task InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["CLUSTER_PORT"] = "0",
            ["DATABASE_URL"] = $"sqlite:{_folder}/wildnout.db",
            ["DEMO"] = "false",
            ["LOG_LEVEL"] = "warning",
            ["RATE_LIMIT_MAX"] = "1000000",
            ["AUTH_RATE_LIMIT_MAX"] = "1000000",
        };
        foreach (var (name, value) in Settings)
        {
            settings[name] = value;
        }

        var (options, faults) = ServerOptionsReader.Read(settings.GetValueOrDefault, development: true);
        Assert.Empty(faults);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = _folder });
        if (Mint is not null)
        {
            builder.Services.AddSingleton(new ChainOptions { Mint = Mint });
        }

        Add(builder.Services);
        _app = builder.BuildNode(options);
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(address) };
        await ReadyAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public string Token(string user, Role role = Role.User) =>
        Services.GetRequiredKeyedService<SignedTokens>(SignedTokens.DevelopmentIssuer).Issue(new Caller(user, role)).Token;

    /// <summary>Sends one request; the body is JSON text.</summary>
    public async Task<Response> SendAsync(
        HttpMethod method, string path, string? body = null, string? token = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Response((int)response.StatusCode, text, all);
    }

    public Task<Response> GetAsync(string path, string? token = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, token, headers: headers);

    public Task<Response> PostAsync(string path, string body, string? token = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, token, headers: headers);

    /// <summary>The body of a valid battle that is active for an hour.</summary>
    public static string BattleBody(string title = "Friday freestyle", TimeSpan startsIn = default) =>
        JsonSerializer.Serialize(new
        {
            title,
            description = "Sixteen bars.",
            type = "wildStyle",
            startTime = DateTimeOffset.UtcNow.AddMinutes(-1) + startsIn,
            endTime = DateTimeOffset.UtcNow.AddHours(1) + startsIn,
        });

    public async Task<JsonElement> CreateBattleAsync(string user, string title = "Friday freestyle", TimeSpan startsIn = default)
    {
        var response = await PostAsync("/api/battles", BattleBody(title, startsIn), Token(user));
        Assert.Equal(201, response.Status);
        return response.Json;
    }

    /// <summary>What a node of another kind has besides.</summary>
    protected virtual void Add(IServiceCollection services)
    {
    }

    private async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await Client.GetAsync("/health/readiness", patience.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record Response(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string ErrorCode => Json.GetProperty("error").GetProperty("code").GetString()!;

    /// <summary>Checks that this is the one error body, and gives the faulty fields.</summary>
    public IReadOnlyDictionary<string, string> AssertProblem(int status, string code)
    {
        Assert.Equal((status, code), (Status, Body.StartsWith('{') ? ErrorCode : Body));
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(Json.GetProperty("type").GetString()!);
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        Assert.NotEmpty(Json.GetProperty("detail").GetString()!);
        Assert.StartsWith("/", Json.GetProperty("instance").GetString()!, StringComparison.Ordinal);
        Assert.Equal(Headers["X-Request-ID"], Json.GetProperty("requestId").GetString());
        var error = Json.GetProperty("error");
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        return error.TryGetProperty("details", out var details)
            ? details.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()!)
            : new Dictionary<string, string>();
    }
}

[CollectionDefinition(Name)]
public sealed class OneServer : ICollectionFixture<ServerFixture>
{
    public const string Name = "one server";
}
