using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WildNOut.Web.Configuration;

namespace WildNOut.Web.Identity.Clerk;

/// <summary>Validates Clerk's session tokens: RS256 and nothing else, under the issuer's own keys.</summary>
public sealed class ClerkTokens : ITokenProvider
{
    private const int MaxKeyId = 200;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters _parameters;
    private readonly ClerkClaims _claims;
    private readonly SigningKeys _keys;
    private readonly TimeProvider _clock;

    /// <summary>The tokens of the issuer that the options name.</summary>
    public ClerkTokens(ClerkOptions options, SigningKeys keys, TimeProvider clock)
    {
        Issuer = options.Issuer;
        _claims = new ClerkClaims(options);
        _keys = keys;
        _clock = clock;
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => JudgeTimes(notBefore, expires),
        };
    }

    /// <inheritdoc />
    public string Issuer { get; }

    /// <inheritdoc />
    public async ValueTask<TokenVerdict> ValidateAsync(string token, CancellationToken cancellation)
    {
        if (Read(token) is not { } jwt || jwt.Alg != SecurityAlgorithms.RsaSha256 || jwt.Kid is not { Length: > 0 and <= MaxKeyId } keyId)
        {
            return TokenVerdict.Refused;
        }

        var found = await _keys.FindAsync(keyId, cancellation);
        if (found.Key is not { } key)
        {
            return found.Sure ? TokenVerdict.Refused : TokenVerdict.Unjudged;
        }

        var parameters = _parameters.Clone();
        parameters.IssuerSigningKey = key;
        var result = await _handler.ValidateTokenAsync(jwt, parameters);
        return result.IsValid ? JudgeClaims(jwt.EncodedPayload)
            : result.Exception is SecurityTokenExpiredException ? TokenVerdict.TooLate
            : TokenVerdict.Refused;
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token);
        }
        catch (ArgumentException)
        {
            // A claim that the standard knows has a type of its own.
            return null;
        }
    }

    private TokenVerdict JudgeClaims(string payload)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        return claims.RootElement.ValueKind == JsonValueKind.Object ? _claims.Judge(claims.RootElement, _clock.GetUtcNow()) : TokenVerdict.Refused;
    }

    private bool JudgeTimes(DateTime? notBefore, DateTime? expires)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        if (expires is null || notBefore > now + ClerkClaims.Skew)
        {
            return false;
        }

        return expires > now - ClerkClaims.Skew ? true : throw new SecurityTokenExpiredException("The token has expired.");
    }
}
