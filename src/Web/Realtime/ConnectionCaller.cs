using System.Security.Claims;
using WildNOut.Actors.Engine;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Realtime;

/// <summary>Who is behind a connection.</summary>
internal static class ConnectionCaller
{
    /// <summary>The signed-in user; null for an anonymous connection.</summary>
    public static Caller? ToCaller(this ClaimsPrincipal? principal) => (principal as CallerPrincipal)?.Caller;

    /// <summary>When the token no longer holds; null for an anonymous connection.</summary>
    public static DateTimeOffset? Expires(this ClaimsPrincipal? principal) => (principal as CallerPrincipal)?.Expires;
}
