using System.Security.Claims;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Identity;

/// <summary>
/// A signed-in person as <see cref="HttpContext.User"/>; one value serves all requests of a token. It carries no claims: everything here asks
/// for the <see cref="Caller"/>, and many thousands of these are remembered.
/// </summary>
/// <param name="caller">Who it is.</param>
/// <param name="expires">The instant from which the token no longer holds.</param>
/// <param name="sessionId">The session that the token belongs to; null when it names none.</param>
/// <param name="impersonator">Who acts in the user's name; null when it is the user.</param>
public sealed class CallerPrincipal(Caller caller, DateTimeOffset expires, string? sessionId = null, string? impersonator = null) : ClaimsPrincipal
{
    /// <summary>Who it is.</summary>
    public Caller Caller => caller;

    /// <summary>The instant from which the token no longer holds.</summary>
    public DateTimeOffset Expires => expires;

    /// <summary>The session that the token belongs to; null when it names none.</summary>
    public string? SessionId => sessionId;

    /// <summary>Who acts in the user's name; null when it is the user.</summary>
    public string? Impersonator => impersonator;

    /// <summary>What a CSRF token is bound to: the session, or the user where the token names no session.</summary>
    public string Session => sessionId ?? caller.UserId;

    /// <summary>The same person by the same token, with another role.</summary>
    public CallerPrincipal WithRole(Role role) => new(caller with { Role = role }, expires, sessionId, impersonator);

    /// <summary>The person of a token that holds.</summary>
    public static CallerPrincipal Of(in TokenVerdict verdict) => new(verdict.Caller!, verdict.Expires, verdict.SessionId, verdict.Impersonator);
}

/// <summary>The caller of a request.</summary>
public static class CallerOfRequest
{
    /// <summary>Who calls, or null when nobody is signed in.</summary>
    public static Caller? FindCaller(this HttpContext http) => (http.User as CallerPrincipal)?.Caller;

    /// <summary>Who calls, on a route that demands a caller.</summary>
    /// <exception cref="InvalidOperationException">The route does not demand one.</exception>
    public static Caller Caller(this HttpContext http) =>
        http.FindCaller() ?? throw new InvalidOperationException("This route does not demand a caller.");
}
