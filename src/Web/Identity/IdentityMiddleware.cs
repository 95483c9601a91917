using Microsoft.AspNetCore.Http.Features;
using WildNOut.Actors.Engine;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Identity;

/// <summary>
/// Finds out who calls and holds the route's <see cref="AccessRule"/>. A token that does not hold is refused on every route that looks at
/// tokens, so that a client learns of it at once. A granted role counts beside the token's, and the token of an account that was given up does not hold. Runs after routing.
/// </summary>
public sealed class IdentityMiddleware(RequestDelegate next, TokenCache tokens, UserStandings? standings = null, Arrivals? arrivals = null)
{
    private const string Scheme = "Bearer ";

    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IgnoresTokens>() is not null || !TryToken(http.Request, out var token))
        {
            return ProceedAsync(http, metadata);
        }

        if (tokens.Find(token) is not { } principal)
        {
            return ValidateAsync(http, metadata, token.ToString());
        }

        return EnterAsync(http, metadata, principal);
    }

    /// <summary>The token that came with a request, in place; false without one.</summary>
    private static bool TryToken(HttpRequest request, out ReadOnlySpan<char> token)
    {
        var header = request.Headers.Authorization;
        if (header.Count > 0)
        {
            // A header that is no bearer token is a token that does not hold.
            token = header is [{ } text] && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text.AsSpan(Scheme.Length).Trim() : default;
            return true;
        }

        // Browsers cannot put a header on a WebSocket; on anything else a token in the address would only end up in logs.
        if (OpensWebSocket(request) && request.Query.TryGetValue("access_token", out var query))
        {
            token = query.ToString();
            return true;
        }

        token = default;
        return false;
    }

    private static bool OpensWebSocket(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        && (string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
            || request.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" });

    private static string Missing(Role least) =>
        least == Role.Admin ? "This needs the role admin." : $"This needs the role {WireEnum<Role>.Name(least)} or a higher one.";

    private async Task ValidateAsync(HttpContext http, EndpointMetadataCollection? metadata, string token)
    {
        var (principal, expired) = await tokens.ValidateAsync(token, http.RequestAborted);
        if (principal is null)
        {
            await (expired ? Problem.TokenExpired : Problem.Unauthorized("The token does not hold.")).ExecuteAsync(http);
            return;
        }

        await EnterAsync(http, metadata, principal);
    }

    private Task EnterAsync(HttpContext http, EndpointMetadataCollection? metadata, CallerPrincipal principal)
    {
        var caller = principal.Caller;
        var standing = standings?.Of(caller.UserId) ?? default;
        if (standing.Deleted)
        {
            return Problem.AccountDeleted.ExecuteAsync(http);
        }

        http.User = standing.Granted > caller.Role ? new CallerPrincipal(caller with { Role = standing.Granted }, principal.Expires) : principal;
        arrivals?.Note(caller.UserId);
        return ProceedAsync(http, metadata);
    }

    private Task ProceedAsync(HttpContext http, EndpointMetadataCollection? metadata)
    {
        if (metadata?.GetMetadata<AccessRule>() is { } rule)
        {
            if (http.User is not CallerPrincipal principal)
            {
                return Problem.Unauthorized().ExecuteAsync(http);
            }

            if (principal.Caller.Role < rule.Least)
            {
                return Problem.Forbidden(Missing(rule.Least)).ExecuteAsync(http);
            }
        }

        return next(http);
    }
}
