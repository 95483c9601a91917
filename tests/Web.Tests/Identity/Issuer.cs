using System.Security.Cryptography;
using System.Text.Json;
using Jose;
using Base64Url = System.Buffers.Text.Base64Url;

namespace WildNOut.Web.Tests.Identity;

/// <summary>An identity provider: the keys it publishes, and tokens that an independent library (jose-jwt) makes.</summary>
internal sealed class Issuer(string address, TimeProvider clock) : IDisposable
{
    /// <summary>The page that tokens are made for.</summary>
    public const string Party = "https://app.example";

    private readonly Dictionary<string, RSA> _keys = [];
    private readonly HashSet<string> _published = [];

    public string Address => address;

    /// <summary>The set of keys as it is served.</summary>
    public string Keys => JsonSerializer.Serialize(new { keys = _published.Select(id => KeyOf(id, _keys[id])) });

    public RSA this[string id] => _keys[id];

    public Issuer Add(string id, bool published = true, int bits = 2_048)
    {
        _keys[id] = RSA.Create(bits);
        if (published)
        {
            _published.Add(id);
        }

        return this;
    }

    public void Publish(string id) => _published.Add(id);

    public void Withdraw(string id) => _published.Remove(id);

    /// <summary>The claims of a session token of version 2.</summary>
    public Dictionary<string, object> Claims(string subject = "user_1", string session = "sess_1", int seconds = 60)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return new Dictionary<string, object>
        {
            ["iss"] = address, ["sub"] = subject, ["sid"] = session, ["azp"] = Party, ["iat"] = now, ["nbf"] = now - 1, ["exp"] = now + seconds,
            ["jti"] = Guid.NewGuid().ToString("N"), ["v"] = 2, ["sts"] = "active", ["fva"] = new[] { 0, -1 },
        };
    }

    /// <summary>A token of these claims under a key.</summary>
    public string Token(Dictionary<string, object> claims, string keyId = "one", JwsAlgorithm algorithm = JwsAlgorithm.RS256, string? sayKeyId = null) =>
        JWT.Encode(claims, _keys[keyId], algorithm, new Dictionary<string, object> { ["kid"] = sayKeyId ?? keyId, ["typ"] = "JWT" });

    /// <summary>A token with claims changed; a null takes a claim away.</summary>
    public string Token(string keyId, params (string Name, object? Value)[] changes) => Token(Changed(changes), keyId);

    public Dictionary<string, object> Changed(params (string Name, object? Value)[] changes)
    {
        var claims = Claims();
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                claims.Remove(name);
            }
            else
            {
                claims[name] = value;
            }
        }

        return claims;
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private static object KeyOf(string id, RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new { use = "sig", kty = "RSA", kid = id, alg = "RS256", n = Base64Url.EncodeToString(parameters.Modulus!), e = Base64Url.EncodeToString(parameters.Exponent!) };
    }
}
