using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WildNOut.Web.Identity;

/// <summary>The claims of a token whose signature holds.</summary>
internal readonly record struct SignedClaims(string Issuer, string Audience, string Subject, string? Role, long? NotBefore, long Expires);

/// <summary>
/// Reads a token of the one form that the platform itself issues, without allocating anything but its claims: the header
/// <c>{"alg":"HS256","typ":"JWT"}</c> to the letter, and plain claims. Whatever has another form is left to the library; so is every refusal,
/// so that this can only say yes to what the library says yes to.
/// </summary>
/// <param name="key">The secret.</param>
internal sealed class Hs256(byte[] key)
{
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";
    private const int LongestToken = 1_024;

    /// <summary>The claims; false when the token has another form or its signature does not hold.</summary>
    public bool TryRead(string token, out SignedClaims claims)
    {
        claims = default;
        var end = token.LastIndexOf('.');
        if (token.Length > LongestToken || end <= Header.Length || !token.StartsWith(Header, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[LongestToken];
        return Signed(token, end, bytes)
            && TryDecode(token.AsSpan(Header.Length, end - Header.Length), bytes, out var length)
            && TryClaims(bytes[..length], out claims);
    }

    private bool Signed(string token, int end, Span<byte> bytes)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Ascii.IsValid(token)
            || !TryDecode(token.AsSpan(end + 1), given, out var length)
            || length != given.Length)
        {
            return false;
        }

        HMACSHA256.HashData(key, bytes[..Encoding.ASCII.GetBytes(token.AsSpan(0, end), bytes)], right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }

    /// <summary>Decodes a part of a token; unlike the library's method of that name, ill-formed text is a no and no exception.</summary>
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length) =>
        Base64Url.DecodeFromChars(text, bytes, out var consumed, out length) == OperationStatus.Done && consumed == text.Length;

    private static bool TryClaims(ReadOnlySpan<byte> payload, out SignedClaims claims)
    {
        claims = default;
        string? issuer = null, audience = null, subject = null, role = null;
        long? notBefore = null, expires = null;
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var plain = reader.ValueTextEquals("iss"u8) ? Take(ref reader, ref issuer)
                    : reader.ValueTextEquals("aud"u8) ? Take(ref reader, ref audience)
                    : reader.ValueTextEquals("sub"u8) ? Take(ref reader, ref subject)
                    : reader.ValueTextEquals("role"u8) ? Take(ref reader, ref role)
                    : reader.ValueTextEquals("nbf"u8) ? Take(ref reader, ref notBefore)
                    : reader.ValueTextEquals("exp"u8) ? Take(ref reader, ref expires)
                    : reader.ValueTextEquals("iat"u8) && reader.Read() && reader.TokenType == JsonTokenType.Number;
                if (!plain)
                {
                    return false;
                }
            }

            if (reader.TokenType != JsonTokenType.EndObject || reader.Read() || issuer is null || audience is null || subject is null || expires is null)
            {
                return false;
            }
        }
        catch (JsonException)
        {
            // Signed, but no JSON: the library finds the words for it.
            return false;
        }

        claims = new SignedClaims(issuer, audience, subject, role, notBefore, expires.Value);
        return true;
    }

    /// <summary>Takes a text that was not there before.</summary>
    private static bool Take(ref Utf8JsonReader reader, ref string? claim)
    {
        if (claim is not null || !reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        claim = reader.GetString();
        return true;
    }

    /// <summary>Takes a whole number of seconds that was not there before.</summary>
    private static bool Take(ref Utf8JsonReader reader, ref long? claim)
    {
        if (claim is not null || !reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var seconds)
            || seconds is < 0 or > 253_402_300_799)
        {
            return false;
        }

        claim = seconds;
        return true;
    }
}
