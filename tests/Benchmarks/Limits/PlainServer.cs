using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Testing.Nodes;
using WildNOut.Web.Configuration;
using WildNOut.Web.Gateway;
using WildNOut.Web.Identity;

namespace WildNOut.Benchmarks.Limits;

/// <summary>
/// The machine's limit for a vote: the same web server, the same authentication, JSON in and out of the same shapes, and nothing behind it.
/// </summary>
internal static class PlainServer
{
    /// <summary>The argument that makes this program the plain server.</summary>
    public const string Argument = "plain-server";

    /// <summary>A plain server in a process of its own.</summary>
    public static NodeProcess Node(string secret) => new(
        "plain",
        new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["JWT_SECRET"] = secret,
            // The server's own runtime configuration has the same.
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
            ["DOTNET_gcServer"] = "1",
            ["DOTNET_GCHeapCount"] = "1",
            ["DOTNET_GCNoAffinitize"] = "1",
            ["DOTNET_GCDynamicAdaptationMode"] = "0",
        },
        typeof(PlainServer).Assembly.Location,
        Argument);

    /// <summary>Serves until the process is told to stop.</summary>
    public static async Task Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        builder.WebHost.UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT")}");
        builder.Services.AddRoutingCore();
        var options = ServerOptionsReader.Read(Environment.GetEnvironmentVariable, development: false).Options;
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ShardRegions())
            .AddSingleton(new GatewayOptions())
            .AddSingleton<EntityGateway>()
            .AddSingleton(options)
            .AddIdentity(options);
        // Nobody keeps a list of ended sessions here, and the tokens of voters name none.
        builder.Services.RemoveAll<IHostedService>();
        await using var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<IdentityMiddleware>();
        app.MapGet("/health/readiness", () => Results.Ok()).WithMetadata(new IgnoresTokens());
        app.MapPost("/api/battles/{battleId:guid}/votes", Vote).RequireCaller();
        await app.RunAsync();
    }

    private static async Task Vote(HttpContext http)
    {
        var vote = await http.Request.ReadFromJsonAsync(PlainJson.Default.PlainVote, http.RequestAborted)
            ?? throw new BadHttpRequestException("null is no vote");
        var battle = Guid.Parse((string)http.GetRouteValue("battleId")!);
        http.Response.StatusCode = StatusCodes.Status201Created;
        await http.Response.WriteAsJsonAsync(
            new PlainReceipt(battle, vote.EntryId, vote.Value, 1, DateTimeOffset.UtcNow),
            PlainJson.Default.PlainReceipt,
            cancellationToken: http.RequestAborted);
    }
}

/// <summary>A vote as it comes in.</summary>
internal sealed record PlainVote(Guid EntryId, int Value);

/// <summary>A vote as it is confirmed.</summary>
internal sealed record PlainReceipt(Guid BattleId, Guid EntryId, int Value, long Weight, DateTimeOffset Timestamp);

/// <summary>JSON contracts of the plain server.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlainVote))]
[JsonSerializable(typeof(PlainReceipt))]
internal sealed partial class PlainJson : JsonSerializerContext;
