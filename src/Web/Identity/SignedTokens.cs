using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Identity;

/// <summary>Issues and validates HS256 tokens under one secret: the platform's own, and the development issuer's.</summary>
public sealed class SignedTokens : ITokenProvider
{
    /// <summary>The issuer of the platform's own tokens.</summary>
    public const string PlatformIssuer = "wildnout";

    /// <summary>The issuer of development tokens; accepted in Development only.</summary>
    public const string DevelopmentIssuer = "wildnout-development";

    /// <summary>Whom the tokens are for.</summary>
    public const string Audience = "wildnout-api";

    private const string RoleClaim = "role";

    /// <summary>The longest user id, in UTF-16 units.</summary>
    public const int MaxUserId = 200;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly TokenValidationParameters _parameters;
    private readonly Hs256 _quick;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _clock;

    /// <summary>Tokens of an issuer.</summary>
    /// <param name="issuer">The <c>iss</c> claim.</param>
    /// <param name="secret">The key, at least 32 bytes.</param>
    /// <param name="lifetime">How long an issued token holds.</param>
    /// <param name="clock">Tells the time.</param>
    public SignedTokens(string issuer, string secret, TimeSpan lifetime, TimeProvider clock)
    {
        Issuer = issuer;
        _lifetime = lifetime;
        _clock = clock;
        var bytes = Encoding.UTF8.GetBytes(secret);
        var key = new SymmetricSecurityKey(bytes);
        _quick = new Hs256(bytes, issuer, Audience);
        _credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (notBefore, expires, _, _) => JudgeTimes(notBefore, expires),
        };
    }

    /// <inheritdoc />
    public string Issuer { get; }

    /// <summary>A new token.</summary>
    public (string Token, DateTimeOffset Expires) Issue(Caller caller) => Issue(caller, _lifetime);

    /// <summary>A new token that holds no longer than <paramref name="atMost"/>, nor than its session, where it names one.</summary>
    public (string Token, DateTimeOffset Expires) Issue(Caller caller, TimeSpan atMost, string? sessionId = null)
    {
        var now = _clock.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds(now.Add(atMost < _lifetime ? atMost : _lifetime).ToUnixTimeSeconds());
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Sub] = caller.UserId,
            [RoleClaim] = WireEnum<Role>.Name(caller.Role),
        };
        if (sessionId is not null)
        {
            claims[JwtRegisteredClaimNames.Sid] = sessionId;
        }

        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _credentials,
            Claims = claims,
        });
        return (token, expires);
    }

    /// <inheritdoc />
    public bool Holds(ReadOnlySpan<char> token, out TokenVerdict verdict)
    {
        verdict = TokenVerdict.Refused;
        if (!_quick.TryRead(token, out var claims))
        {
            return false;
        }

        var now = _clock.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds(claims.Expires);
        var role = Role.User;
        if (expires <= now
            || claims.NotBefore > now.ToUnixTimeSeconds()
            || claims.Subject.Length is 0 or > MaxUserId
            || (claims.Role is not null && !WireEnum<Role>.TryParse(claims.Role, out role)))
        {
            return false;
        }

        verdict = new TokenVerdict(new Caller(claims.Subject, role), expires, false) { SessionId = claims.Session };
        return true;
    }

    /// <inheritdoc />
    public async ValueTask<TokenVerdict> ValidateAsync(string token, CancellationToken cancellation)
    {
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid)
        {
            return result.Exception is SecurityTokenExpiredException ? TokenVerdict.TooLate : TokenVerdict.Refused;
        }

        var jwt = (JsonWebToken)result.SecurityToken;
        return jwt.Subject is { Length: > 0 and <= MaxUserId } subject && TryRole(jwt, out var role)
            ? new TokenVerdict(new Caller(subject, role), new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero), false) { SessionId = SessionOf(jwt) }
            : TokenVerdict.Refused;
    }

    private static string? SessionOf(JsonWebToken jwt) => jwt.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sid, out var session) ? session : null;

    private static bool TryRole(JsonWebToken jwt, out Role role)
    {
        role = Role.User;
        return !jwt.TryGetPayloadValue<string>(RoleClaim, out var name) || WireEnum<Role>.TryParse(name, out role);
    }

    private bool JudgeTimes(DateTime? notBefore, DateTime? expires)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        if (expires is null || notBefore > now.AddSeconds(5))
        {
            return false;
        }

        return expires > now ? true : throw new SecurityTokenExpiredException("The token has expired.");
    }
}
