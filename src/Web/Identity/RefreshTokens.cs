using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using WildNOut.Web.Http;

namespace WildNOut.Web.Identity;

/// <summary>
/// Makes refresh tokens. Their secrets follow from the challenge, or from the token before, under a key of the platform: nobody else can tell them, and
/// the repeat of a request whose answer was lost gets the same token again. Only hashes are kept anywhere.
/// </summary>
/// <param name="secret">The secret of the platform's own tokens.</param>
public sealed class RefreshTokens(string secret)
{
    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), HMACSHA256.HashSizeInBytes, info: "wildnout refresh tokens"u8.ToArray());

    /// <summary>The first token of the session that a challenge opens; a challenge is good for one.</summary>
    public RefreshToken Open(string userId, string nonce) => new(
        userId, Idempotency.IdOf($"session {nonce}"), Derive($"family {nonce} {userId}"), Derive($"secret {nonce} {userId}"));

    /// <summary>The token after this one.</summary>
    public RefreshToken Next(RefreshToken token) => token with { Secret = Derive($"next {token}") };

    private byte[] Derive(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text))[..RefreshToken.SecretLength];
}

/// <summary>A refresh token; to its holder it is opaque text.</summary>
/// <param name="UserId">Whose session it belongs to.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Family">What all tokens of the session share.</param>
/// <param name="Secret">What only this token has.</param>
public sealed record RefreshToken(string UserId, Guid SessionId, byte[] Family, byte[] Secret)
{
    /// <summary>The length of each of the two secrets in bytes.</summary>
    public const int SecretLength = 16;

    private const int MaxLength = 1_200;
    private const int BodyLength = 16 + 2 * SecretLength;

    /// <summary>A digest of what all tokens of the session share.</summary>
    public string FamilyHash => Hash(Family);

    /// <summary>A digest of what only this token has.</summary>
    public string SecretHash => Hash(Secret);

    /// <summary>Reads a token; false when it has not the form of one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RefreshToken? token)
    {
        token = null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (text.Length > MaxLength || dot <= 0 || !Ascii.IsValid(text) || !Base64Url.IsValid(text.AsSpan(0, dot)) || !Base64Url.IsValid(text.AsSpan(dot + 1)))
        {
            return false;
        }

        var (user, body) = (Base64Url.DecodeFromChars(text.AsSpan(0, dot)), Base64Url.DecodeFromChars(text.AsSpan(dot + 1)));
        if (body.Length != BodyLength)
        {
            return false;
        }

        token = new RefreshToken(Encoding.UTF8.GetString(user), new Guid(body.AsSpan(0, 16), bigEndian: true), body[16..^SecretLength], body[^SecretLength..]);
        return token.UserId.Length <= SignedTokens.MaxUserId && !token.UserId.Any(char.IsControl) && token.ToString() == text;
    }

    /// <summary>The token as its holder keeps it.</summary>
    public override string ToString() =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(UserId))}.{Base64Url.EncodeToString([.. SessionId.ToByteArray(bigEndian: true), .. Family, .. Secret])}";

    private static string Hash(byte[] secret) => Base64Url.EncodeToString(SHA256.HashData(secret));
}
