using System.Security.Claims;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Identity;

/// <summary>
/// A signed-in person as <see cref="HttpContext.User"/>; one value serves all requests of a token. It carries no claims: everything here asks
/// for the <see cref="Caller"/>, and many thousands of these are remembered.
/// </summary>
/// <param name="caller">Who it is.</param>
/// <param name="expires">The instant from which the token no longer holds.</param>
public sealed class CallerPrincipal(Caller caller, DateTimeOffset expires) : ClaimsPrincipal
{
    /// <summary>Who it is.</summary>
    public Caller Caller => caller;

    /// <summary>The instant from which the token no longer holds.</summary>
    public DateTimeOffset Expires => expires;
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
