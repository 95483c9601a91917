using System.Globalization;
using System.Security.Claims;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Realtime;

/// <summary>Reads the caller out of a principal.</summary>
internal static class CallerClaims
{
    /// <summary>The signed-in user; null for an anonymous connection.</summary>
    public static Caller? ToCaller(this ClaimsPrincipal? principal) =>
        principal?.Identity is { IsAuthenticated: true } && principal.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } userId
            ? new Caller(userId, WireEnum<Role>.TryParse(principal.FindFirst(ClaimTypes.Role)?.Value ?? "", out var role) ? role : Role.User)
            : null;

    /// <summary>When the token no longer holds; null for never.</summary>
    public static DateTimeOffset? Expires(this ClaimsPrincipal? principal) =>
        principal?.FindFirst("exp")?.Value is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : null;
}
