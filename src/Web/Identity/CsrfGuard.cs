using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using WildNOut.Web.Configuration;
using WildNOut.Web.Errors;

namespace WildNOut.Web.Identity;

/// <summary>
/// Keeps other sites from using a browser's cookies: what changes something must come from an origin of this site and show, in a header, a token that is in a cookie too and that
/// the platform made for this very session. A cookie that another site of the same domain planted is for another session, or nobody's.
/// </summary>
public sealed class CsrfGuard
{
    /// <summary>The header that shows the token.</summary>
    public const string Header = "X-CSRF-Token";

    private const int NonceLength = 16;

    private readonly byte[] _key;
    private readonly CookieSessions _cookies;
    private readonly HashSet<string> _origins;

    /// <summary>The guard of a node.</summary>
    public CsrfGuard(ServerOptions options, CookieSessions cookies)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.JwtSecret), HMACSHA256.HashSizeInBytes, info: "wildnout csrf tokens"u8.ToArray());
        _cookies = cookies;
        _origins = new HashSet<string>(options.CorsOrigins.Where(origin => origin != "*"), StringComparer.OrdinalIgnoreCase);
        if (options.PublicUrl is { } site)
        {
            _origins.Add(site.GetLeftPart(UriPartial.Authority));
        }
    }

    /// <summary>A new token for a session.</summary>
    public string Issue(string session)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        RandomNumberGenerator.Fill(nonce);
        var text = Base64Url.EncodeToString(nonce);
        return $"{text}.{Sign(text, session)}";
    }

    /// <summary>Judges a request that a cookie's session makes; null when it may go on.</summary>
    public Problem? Judge(HttpRequest request, string session)
    {
        if (JudgeOrigin(request) is { } stranger)
        {
            return stranger;
        }

        var token = request.Headers[Header];
        return token is not [{ Length: > 0 } given] ? Refuse($"With a session cookie this needs the header {Header}; GET …/auth/csrf gives its value.")
            : _cookies.Csrf(request) is not { Length: > 0 } cookie || !Same(given, cookie) ? Refuse($"The header {Header} and the cookie {_cookies.CsrfName} differ.")
            : !IsOf(given, session) ? Refuse($"The {Header} is not of this session; GET …/auth/csrf gives a new one.")
            : null;
    }

    /// <summary>Judges where a request comes from: browsers say so on everything that is no plain reading, and on each WebSocket.</summary>
    public Problem? JudgeOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && (_origins.Contains(origin) || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase))
            ? null
            : Refuse("With a session cookie this needs the header Origin with an origin of this site.");

    private bool IsOf(string token, string session)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Same(token[(dot + 1)..], Sign(token[..dot], session));
    }

    private string Sign(string nonce, string session) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{nonce}.{session}")));

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static Problem Refuse(string missing) => new(StatusCodes.Status403Forbidden, "invalid_csrf_token", missing);
}
