using Microsoft.AspNetCore.Http.Features;
using WildNOut.Actors.Engine;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Identity;

/// <summary>
/// Finds out who calls and holds the route's <see cref="AccessRule"/>. A bearer token that does not hold is refused on every route that looks at
/// tokens, so that a client learns of it at once; a cookie that does not hold, which a browser sends unasked, is as good as none. A granted role counts beside the token's, and
/// the token of an account that was given up does not hold. Runs after routing, and before <see cref="Limits.LimitMiddleware"/>, which gives the refusals.
/// </summary>
public sealed class IdentityMiddleware(
    RequestDelegate next, TokenCache tokens, CookieSessions cookies, CsrfGuard csrf, UserStandings? standings = null, Arrivals? arrivals = null)
{
    private const string Scheme = "Bearer ";

    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IgnoresTokens>() is not null)
        {
            return ProceedAsync(http, metadata);
        }

        if (!TryToken(http.Request, out var token))
        {
            return cookies.Access(http.Request) is { } cookie ? ProceedByCookieAsync(http, metadata, cookie) : ProceedAsync(http, metadata);
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

    private static bool OnlyReads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private async Task ValidateAsync(HttpContext http, EndpointMetadataCollection? metadata, string token)
    {
        var (principal, problem) = await tokens.ValidateAsync(token, http.RequestAborted);
        if (principal is null)
        {
            await RefuseAsync(http, problem!);
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
            http.User = principal;
            return RefuseAsync(http, Problem.AccountDeleted);
        }

        http.User = standing.Granted > caller.Role ? principal.WithRole(standing.Granted) : principal;
        if (principal.Impersonator is null)
        {
            arrivals?.Note(caller.UserId);
        }

        return ProceedAsync(http, metadata);
    }

    private async Task ProceedByCookieAsync(HttpContext http, EndpointMetadataCollection? metadata, string token)
    {
        var (principal, problem) = tokens.Find(token) is { } known ? (known, null) : await tokens.ValidateAsync(token, http.RequestAborted);
        if (principal is not null)
        {
            // Any site may open a WebSocket with the browser's cookies, and read what comes.
            problem = OpensWebSocket(http.Request) ? csrf.JudgeOrigin(http.Request)
                : OnlyReads(http.Request.Method) ? null
                : csrf.Judge(http.Request, principal.Session);
        }
        else if (metadata?.GetMetadata<AccessRule>() is null)
        {
            problem = null;
        }

        await (problem is not null ? RefuseAsync(http, problem)
            : principal is null ? ProceedAsync(http, metadata)
            : EnterAsync(http, metadata, principal));
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

            if (Judge(principal, rule, http.Request, metadata) is { } no)
            {
                return RefuseAsync(http, Problem.Of(no));
            }
        }

        return next(http);
    }

    private static Rejection? Judge(CallerPrincipal principal, AccessRule rule, HttpRequest request, EndpointMetadataCollection metadata) =>
        Access.OfRole(principal.Caller, rule.Least)
        ?? (principal.Impersonator is not null && (metadata.GetMetadata<InPerson>() is not null || (rule.Least == Role.Admin && !OnlyReads(request.Method)))
            ? Access.InPerson
            : null);
}
