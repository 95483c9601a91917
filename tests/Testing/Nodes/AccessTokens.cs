using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WildNOut.Testing.Nodes;

/// <summary>Makes the platform's own access tokens (HS256, RFC 7519) out of the secret that a server was started with.</summary>
/// <param name="secret">As in <c>JWT_SECRET</c>.</param>
public sealed class AccessTokens(string secret)
{
    /// <summary>Who issues the platform's own tokens.</summary>
    public const string Issuer = "wildnout";

    /// <summary>For whom they are meant.</summary>
    public const string Audience = "wildnout-api";

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);
    private readonly long _expires = DateTimeOffset.UtcNow.AddHours(6).ToUnixTimeSeconds();

    /// <summary>A token of a user, good for six hours.</summary>
    /// <param name="userId">The subject: no character that JSON would escape.</param>
    /// <param name="role">The role; null for an ordinary user.</param>
    public string For(string userId, string? role = null)
    {
        var claims = role is null
            ? $$"""{"sub":"{{userId}}","iss":"{{Issuer}}","aud":"{{Audience}}","exp":{{_expires}}}"""
            : $$"""{"sub":"{{userId}}","role":"{{role}}","iss":"{{Issuer}}","aud":"{{Audience}}","exp":{{_expires}}}""";
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)))}";
    }
}
