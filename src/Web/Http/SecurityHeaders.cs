using Scalar.AspNetCore;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Http;

/// <summary>What browsers are told on every response.</summary>
/// <param name="options">Tells whether transport security is demanded.</param>
public sealed class SecurityHeaders(ServerOptions options)
{
    /// <summary>Where the browsable reference is.</summary>
    public const string DocsPath = "/docs";

    private const string ApiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Permissions = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    /// <summary>Puts the headers on a response.</summary>
    public void AddTo(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Permissions;
        headers.ContentSecurityPolicy = ApiPolicy;
        if (!options.Development)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        if (http.Request.Path.StartsWithSegments(DocsPath, StringComparison.OrdinalIgnoreCase))
        {
            // The page makes up the nonce of its inline script when it is rendered.
            http.Response.OnStarting(static state => AllowDocs((HttpContext)state), http);
        }
    }

    /// <summary>The reference brings its scripts along, and writes its styles inline.</summary>
    private static Task AllowDocs(HttpContext http)
    {
        var nonce = http.Items.TryGetValue(ScalarOptions.NonceHttpContextItemKey, out var made) ? $" 'nonce-{made}'" : string.Empty;
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Task.CompletedTask;
    }
}
