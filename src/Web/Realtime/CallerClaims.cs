using System.Security.Claims;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Realtime;

/// <summary>Reads the caller out of a principal.</summary>
internal static class CallerClaims
{
    /// <summary>The signed-in user by the claims <c>sub</c> and <c>role</c>; null for an anonymous connection.</summary>
    public static Caller? ToCaller(this ClaimsPrincipal? principal) =>
        principal?.Identity is { IsAuthenticated: true } && principal.FindFirst("sub")?.Value is { } userId
            ? new Caller(userId, WireEnum<Role>.TryParse(principal.FindFirst("role")?.Value ?? "", out var role) ? role : Role.User)
            : null;
}
