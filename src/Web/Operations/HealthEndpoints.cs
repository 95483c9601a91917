using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using WildNOut.Actors.Engine;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Operations;

/// <summary>What load balancers and operators ask.</summary>
/// <param name="probe">Finds out.</param>
internal sealed class HealthEndpoints(HealthProbe probe)
{
    private static readonly string Version =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, HealthProbe probe)
    {
        var health = new HealthEndpoints(probe);
        var group = routes.MapGroup("/health").WithTags("Operations");
        group.MapGet("", health.HealthAsync).WithMetadata(new IgnoresTokens()).Gives<HealthResponse>(200).Gives<HealthResponse>(503)
            .Says("health", "How the node is", "Healthy, degraded or unhealthy; 503 only when unhealthy.");
        group.MapGet("/liveness", Liveness).WithMetadata(new IgnoresTokens()).GivesNothing()
            .Says("liveness", "Whether the process runs");
        group.MapGet("/readiness", health.Readiness).WithMetadata(new IgnoresTokens()).GivesNothing().GivesProblems(503)
            .Says("readiness", "Whether the node wants requests", "503 until it is a member of the cluster, and again as soon as it is leaving.");
        group.MapGet("/details", health.DetailsAsync).RequireRole(Role.Admin).Gives<HealthDetails>(200).GivesProblems(401, 403)
            .Says("healthDetails", "The node, its cluster, its process and the chain", "How far the token's feed is behind the chain and which node reads it, the price feeds, the endpoints. For admins.");
    }

    private async Task<IResult> HealthAsync(HttpContext http, CancellationToken cancellation)
    {
        var health = await probe.CheckAsync().WaitAsync(cancellation);
        http.Response.Headers.CacheControl = "no-store";
        return new Answer<HealthResponse>(
            health, WebJson.Default.HealthResponse, health.Status == HealthState.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static NoContent Liveness() => TypedResults.NoContent();

    private IResult Readiness() => probe.WhyNotReady() is { } why
        ? new Errors.Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", why)
        : TypedResults.NoContent();

    private async Task<IResult> DetailsAsync(HttpContext http, CancellationToken cancellation)
    {
        var health = await probe.CheckAsync().WaitAsync(cancellation);
        var process = new ProcessDetails(
            GC.GetTotalMemory(forceFullCollection: false),
            Environment.WorkingSet,
            ThreadPool.ThreadCount,
            ThreadPool.PendingWorkItemCount,
            [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)]);
        var uptime = DateTimeOffset.UtcNow - System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime();
        http.Response.Headers.CacheControl = "no-store";
        return new Answer<HealthDetails>(new HealthDetails(health, Version, uptime, probe.Members(), process, await probe.ChainAsync()), WebJson.Default.HealthDetails);
    }
}
