using WildNOut.Actors.Engine;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Endpoints;

/// <summary>Hands a session over: its tokens in the body, or in cookies where the client asked for that.</summary>
/// <param name="RefreshTokens">Makes refresh tokens.</param>
/// <param name="AccessTokens">The platform's own tokens.</param>
/// <param name="Cookies">The cookies of a session.</param>
/// <param name="Csrf">Makes CSRF tokens.</param>
internal sealed record SignedIn(RefreshTokens RefreshTokens, SignedTokens AccessTokens, CookieSessions Cookies, CsrfGuard Csrf)
{
    /// <summary>How long an access token of a session holds: the list of ended sessions is short because of that.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    /// <summary>The answer that hands over a session.</summary>
    public IResult Answer(HttpContext http, RefreshToken token, bool byCookie)
    {
        http.Response.Headers.CacheControl = "no-store";
        var session = token.SessionId.ToString();
        var (access, expires) = AccessTokens.Issue(new Caller(token.UserId, Role.User), AccessLifetime, session);
        if (!byCookie)
        {
            return Body(new SignInResponse(access, token.ToString(), expires, null));
        }

        var csrf = Csrf.Issue(session);
        Cookies.Set(http.Response, access, expires, token.ToString(), csrf);
        return Body(new SignInResponse(null, null, expires, csrf));
    }

    private static Answer<SignInResponse> Body(SignInResponse response) => new(response, WebJson.Default.SignInResponse);
}
