using Microsoft.AspNetCore.Http.Features;
using WildNOut.Actors.Engine;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Identity;

/// <summary>
/// Finds out who calls and holds the route's <see cref="AccessRule"/>. A token that does not hold is refused on every route that looks at
/// tokens, so that a client learns of it at once. Runs after routing, and before <see cref="Limits.LimitMiddleware"/>, which gives the refusals.
/// </summary>
public sealed class IdentityMiddleware(RequestDelegate next, TokenCache tokens)
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

        http.User = principal;
        return ProceedAsync(http, metadata);
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
            await RefuseAsync(http, expired ? Problem.TokenExpired : Problem.Unauthorized("The token does not hold."));
            return;
        }

        http.User = principal;
        await ProceedAsync(http, metadata);
    }

    /// <summary>The refusal is given by what comes next, once the request has been counted.</summary>
    private Task RefuseAsync(HttpContext http, Problem problem)
    {
        http.User = RefusedPrincipal.Of(http, problem);
        return next(http);
    }

    private Task ProceedAsync(HttpContext http, EndpointMetadataCollection? metadata)
    {
        if (metadata?.GetMetadata<AccessRule>() is { } rule)
        {
            if (http.User is not CallerPrincipal principal)
            {
                return RefuseAsync(http, Problem.Unauthorized());
            }

            if (principal.Caller.Role < rule.Least)
            {
                return RefuseAsync(http, Problem.Forbidden(Missing(rule.Least)));
            }
        }

        return next(http);
    }
}
