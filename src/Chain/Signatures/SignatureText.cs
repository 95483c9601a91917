namespace WildNOut.Chain.Signatures;

/// <summary>A signature as clients send it: base58, or base64 with its padding.</summary>
public static class SignatureText
{
    /// <summary>The most characters that 64 bytes take, in base58 as in base64.</summary>
    public const int MaxLength = 88;

    /// <summary>Reads a signature; its length in bytes is judged too.</summary>
    public static SignInFault? TryDecode(string text, out byte[] signature)
    {
        signature = [];
        if (text.Length is 0 or > MaxLength)
        {
            return text.Length == 0 ? SignInFault.SignatureText : SignInFault.SignatureLength;
        }

        var bytes = text.Length % 4 == 0 && text.AsSpan().ContainsAny('=', '+', '/') ? FromBase64(text) : Base58Text.Decode(text) ?? FromBase64(text);
        if (bytes is null)
        {
            return SignInFault.SignatureText;
        }

        signature = bytes;
        return bytes.Length == Ed25519Strict.SignatureLength ? null : SignInFault.SignatureLength;
    }

    private static byte[]? FromBase64(string text)
    {
        Span<byte> buffer = stackalloc byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var written) ? buffer[..written].ToArray() : null;
    }
}
