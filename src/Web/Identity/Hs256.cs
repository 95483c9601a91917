using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WildNOut.Web.Identity;

/// <summary>The claims of a token whose signature, issuer and audience hold.</summary>
internal readonly record struct SignedClaims(string Subject, string? Role, string? Session, long? NotBefore, long Expires);

/// <summary>
/// Reads a token of the one form that the platform itself issues, without allocating anything but its claims: the header
/// <c>{"alg":"HS256","typ":"JWT"}</c> to the letter, and plain claims. Whatever has another form is left to the library; so is every refusal,
/// so that this can only say yes to what the library says yes to.
/// </summary>
/// <param name="key">The secret.</param>
/// <param name="issuer">The one issuer whose tokens are read.</param>
/// <param name="audience">The one audience.</param>
internal sealed class Hs256(byte[] key, string issuer, string audience)
{
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";
    private const int LongestToken = 1_024;

    private readonly byte[] _issuer = Encoding.UTF8.GetBytes(issuer);
    private readonly byte[] _audience = Encoding.UTF8.GetBytes(audience);

    /// <summary>The claims; false when the token has another form, is of another issuer or for another audience, or its signature does not hold.</summary>
    public bool TryRead(ReadOnlySpan<char> token, out SignedClaims claims)
    {
        claims = default;
        var end = token.LastIndexOf('.');
        if (token.Length > LongestToken || end <= Header.Length || !token.StartsWith(Header))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[LongestToken];
        return Signed(token, end, bytes)
            && TryDecode(token[Header.Length..end], bytes, out var length)
            && TryClaims(bytes[..length], out claims);
    }

    private bool Signed(ReadOnlySpan<char> token, int end, Span<byte> bytes)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Ascii.IsValid(token)
            || !TryDecode(token[(end + 1)..], given, out var length)
            || length != given.Length)
        {
            return false;
        }

        HMACSHA256.HashData(key, bytes[..Encoding.ASCII.GetBytes(token[..end], bytes)], right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }

    /// <summary>Decodes a part of a token; unlike the library's method of that name, ill-formed text is a no and no exception.</summary>
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length) =>
        Base64Url.DecodeFromChars(text, bytes, out var consumed, out length) == OperationStatus.Done && consumed == text.Length;

    private bool TryClaims(ReadOnlySpan<byte> payload, out SignedClaims claims)
    {
        claims = default;
        bool issued = false, addressed = false;
        string? subject = null, role = null, session = null;
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
                var plain = reader.ValueTextEquals("iss"u8) ? Is(ref reader, _issuer, ref issued)
                    : reader.ValueTextEquals("aud"u8) ? Is(ref reader, _audience, ref addressed)
                    : reader.ValueTextEquals("sub"u8) ? Take(ref reader, ref subject)
                    : reader.ValueTextEquals("role"u8) ? Take(ref reader, ref role)
                    : reader.ValueTextEquals("nbf"u8) ? Take(ref reader, ref notBefore)
                    : reader.ValueTextEquals("exp"u8) ? Take(ref reader, ref expires)
                    : reader.ValueTextEquals("sid"u8) ? Take(ref reader, ref session)
                    : reader.ValueTextEquals("iat"u8) && reader.Read() && reader.TokenType == JsonTokenType.Number;
                if (!plain)
                {
                    return false;
                }
            }

            if (reader.TokenType != JsonTokenType.EndObject || reader.Read() || !issued || !addressed || subject is null || expires is null)
            {
                return false;
            }
        }
        catch (JsonException)
        {
            // Signed, but no JSON: the library finds the words for it.
            return false;
        }

        claims = new SignedClaims(subject, role, session, notBefore, expires.Value);
        return true;
    }

    /// <summary>Takes a text that was not there before and has to be a certain one.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> expected, ref bool found)
    {
        if (found || !reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        found = reader.ValueTextEquals(expected);
        return found;
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
