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
/// <param name="wasAttempt">Whether something was shown that does not hold.</param>
public sealed class RefusedPrincipal(Problem problem, Caller? caller = null, bool wasAttempt = false) : ClaimsPrincipal
{
    /// <summary>The refusal.</summary>
    public Problem Problem => problem;

    /// <summary>Who it is; null when that is not known.</summary>
    public Caller? Caller => caller;

    /// <summary>Whether something was shown that does not hold.</summary>
    public bool WasAttempt => wasAttempt;
}
