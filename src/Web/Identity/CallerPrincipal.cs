using System.Globalization;
using System.Security.Claims;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Identity;

/// <summary>A signed-in person as <see cref="HttpContext.User"/>; one value serves all requests of a token.</summary>
public sealed class CallerPrincipal : ClaimsPrincipal
{
    /// <summary>The principal of a caller.</summary>
    /// <param name="caller">Who it is.</param>
    /// <param name="expires">The instant from which the token no longer holds.</param>
    public CallerPrincipal(Caller caller, DateTimeOffset expires)
        : base(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, caller.UserId),
                new Claim(ClaimTypes.Role, WireEnum<Role>.Name(caller.Role)),
                new Claim("exp", expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            "Bearer"))
    {
        Caller = caller;
        Expires = expires;
    }

    /// <summary>Who it is.</summary>
    public Caller Caller { get; }

    /// <summary>The instant from which the token no longer holds.</summary>
    public DateTimeOffset Expires { get; }
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
