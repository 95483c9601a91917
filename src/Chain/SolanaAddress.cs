using SimpleBase;

namespace WildNOut.Chain;

/// <summary>Addresses: base58 of the 32 bytes of a public key.</summary>
public static class SolanaAddress
{
    /// <summary>What is wrong with a text that is none.</summary>
    public const string Fault = "must be an address: base58 of 32 bytes";

    private const int Bytes = 32;
    private const int LeastCharacters = 32;
    private const int MostCharacters = 44;

    /// <summary>Whether a text is an address; its length is judged before it is decoded, which takes quadratic time.</summary>
    public static bool IsValid(string text)
    {
        // Room for one byte a character, which a text of nothing but 1 needs.
        Span<byte> key = stackalloc byte[MostCharacters];
        return text.Length is >= LeastCharacters and <= MostCharacters
            && text.All(char.IsAsciiLetterOrDigit)
            && Base58.Bitcoin.TryDecode(text, key, out var written)
            && written == Bytes;
    }
}
