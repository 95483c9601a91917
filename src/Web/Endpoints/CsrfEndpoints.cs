using WildNOut.Web.Http;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Endpoints;

/// <summary>CSRF tokens for sessions in cookies.</summary>
/// <param name="cookies">The cookies of a session.</param>
/// <param name="csrf">Makes the tokens.</param>
internal sealed class CsrfEndpoints(CookieSessions cookies, CsrfGuard csrf)
{
    /// <summary>Maps the route.</summary>
    public static void Map(IEndpointRouteBuilder api, CookieSessions cookies, CsrfGuard csrf) =>
        api.MapGet("/auth/csrf", new CsrfEndpoints(cookies, csrf).Issue).WithTags("Sign-in").RequireCaller()
            .Gives<CsrfResponse>(200).GivesProblems(401, 503)
            .Says("csrfToken", "Get a CSRF token for one's session", "For sessions in cookies only. It goes into the header X-CSRF-Token of whatever changes something; a cookie with the same value comes along.");

    private Answer<CsrfResponse> Issue(HttpContext http)
    {
        var token = csrf.Issue(((CallerPrincipal)http.User).Session);
        cookies.SetCsrf(http.Response, token);
        http.Response.Headers.CacheControl = "no-store";
        return new Answer<CsrfResponse>(new CsrfResponse(token), WebJson.Default.CsrfResponse);
    }
}
