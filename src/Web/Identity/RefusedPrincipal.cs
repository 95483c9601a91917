using System.Security.Claims;
using WildNOut.Actors.Engine;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Identity;

/// <summary>
/// Somebody whose request is refused before it comes to its endpoint, as <see cref="HttpContext.User"/>. The refusal is given once the request
/// has been counted, so that guessing is limited like everything else.
/// </summary>
/// <param name="problem">The refusal.</param>
/// <param name="caller">Who it is; null when that is not known.</param>
/// <param name="wasAttempt">Whether something was shown that never held.</param>
public sealed class RefusedPrincipal(Problem problem, Caller? caller, bool wasAttempt) : ClaimsPrincipal
{
    /// <summary>The refusal.</summary>
    public Problem Problem => problem;

    /// <summary>Who it is; null when that is not known.</summary>
    public Caller? Caller => caller;

    /// <summary>Whether something was shown that never held; not so without a token, or with one that has expired.</summary>
    public bool WasAttempt => wasAttempt;

    /// <summary>The refusal of a request by whoever is known to have sent it.</summary>
    public static RefusedPrincipal Of(HttpContext http, Problem problem) => new(
        problem,
        (http.User as CallerPrincipal)?.Caller,
        wasAttempt: problem.Code == "unauthorized" && http.Request.Headers.Authorization.Count > 0);
}
