using WildNOut.Web.Errors;

namespace WildNOut.Web.Endpoints;

/// <summary>What the OpenAPI document says of a route.</summary>
internal static class RouteDescriptions
{
    /// <summary>Name, summary and description.</summary>
    public static RouteHandlerBuilder Says(this RouteHandlerBuilder route, string name, string summary, string? description = null) =>
        route.WithName(name).WithSummary(summary).WithDescription(description ?? summary + ".");

    /// <summary>The type of the body; also makes the router refuse other media types.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json");

    /// <summary>A success with a body.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status) =>
        route.Produces<T>(status, "application/json");

    /// <summary>A success without a body.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status204NoContent);

    /// <summary>An answer to <c>If-None-Match</c>.</summary>
    public static RouteHandlerBuilder Gives304(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status304NotModified);

    /// <summary>The failures, all with the same body.</summary>
    public static RouteHandlerBuilder GivesProblems(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemBody>(status, Problem.MediaType);
        }

        return route.Produces<ProblemBody>(StatusCodes.Status429TooManyRequests, Problem.MediaType).Produces<ProblemBody>(StatusCodes.Status500InternalServerError, Problem.MediaType);
    }
}
