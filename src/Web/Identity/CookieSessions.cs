using WildNOut.Web.Configuration;

namespace WildNOut.Web.Identity;

/// <summary>
/// The cookies of a session. The platform's own carry its tokens where scripts cannot read them; Clerk's front end sets <c>__session</c> itself. Over plain HTTP, which only
/// Development knows, the names have no prefix and the cookies no <c>Secure</c>.
/// </summary>
public sealed class CookieSessions
{
    /// <summary>The cookie that Clerk's front end sets.</summary>
    public const string ClerkCookie = "__session";

    private readonly bool _secure;
    private readonly bool _clerk;
    private readonly string _refreshPath;

    /// <summary>The cookies of a node.</summary>
    public CookieSessions(ServerOptions options)
    {
        _secure = !options.Development || options.PublicUrl?.Scheme == "https";
        _clerk = options.Clerk is not null;
        _refreshPath = options.ApiPrefix + "/auth";
        AccessName = _secure ? "__Host-wildnout" : "wildnout";
        RefreshName = _secure ? "__Secure-wildnout-refresh" : "wildnout-refresh";
        CsrfName = _secure ? "__Host-wildnout-csrf" : "wildnout-csrf";
    }

    /// <summary>Holds the access token.</summary>
    public string AccessName { get; }

    /// <summary>Holds the refresh token; browsers send it to the sign-in routes only.</summary>
    public string RefreshName { get; }

    /// <summary>Holds the CSRF token, which scripts of the site read.</summary>
    public string CsrfName { get; }

    /// <summary>The access token that came in a cookie; the platform's own comes before Clerk's.</summary>
    public string? Access(HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
        {
            return null;
        }

        var token = request.Cookies[AccessName];
        return !string.IsNullOrEmpty(token) ? token : _clerk && request.Cookies[ClerkCookie] is { Length: > 0 } session ? session : null;
    }

    /// <summary>The refresh token that came in a cookie.</summary>
    public string? Refresh(HttpRequest request) => request.Cookies[RefreshName] is { Length: > 0 } token ? token : null;

    /// <summary>The CSRF token that came in a cookie.</summary>
    public string? Csrf(HttpRequest request) => request.Cookies[CsrfName];

    /// <summary>Sets the cookies of a session.</summary>
    public void Set(HttpResponse response, string accessToken, DateTimeOffset expires, string refreshToken, string csrfToken)
    {
        response.Cookies.Append(AccessName, accessToken, Options("/", SameSiteMode.Lax, expires));
        response.Cookies.Append(RefreshName, refreshToken, Options(_refreshPath, SameSiteMode.Strict, expires + Actors.Wallets.Session.Idle));
        SetCsrf(response, csrfToken, expires + Actors.Wallets.Session.Idle);
    }

    /// <summary>Sets the cookie of a CSRF token; it goes with the browser's session when <paramref name="expires"/> is null.</summary>
    public void SetCsrf(HttpResponse response, string csrfToken, DateTimeOffset? expires = null) =>
        response.Cookies.Append(CsrfName, csrfToken, Options("/", SameSiteMode.Strict, expires, httpOnly: false));

    /// <summary>Takes the cookies of a session away.</summary>
    public void Clear(HttpResponse response)
    {
        response.Cookies.Delete(AccessName, Options("/", SameSiteMode.Lax, null));
        response.Cookies.Delete(RefreshName, Options(_refreshPath, SameSiteMode.Strict, null));
        response.Cookies.Delete(CsrfName, Options("/", SameSiteMode.Strict, null, httpOnly: false));
    }

    private CookieOptions Options(string path, SameSiteMode sameSite, DateTimeOffset? expires, bool httpOnly = true) =>
        new() { Path = path, SameSite = sameSite, Secure = _secure, HttpOnly = httpOnly, Expires = expires, IsEssential = true };
}
