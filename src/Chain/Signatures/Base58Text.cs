using System.Diagnostics.CodeAnalysis;
using System.Text;
using SimpleBase;

namespace WildNOut.Chain.Signatures;

/// <summary>Base58 from strangers.</summary>
internal static class Base58Text
{
    /// <summary>Decodes text of a bounded length; the time it takes grows with the square of that.</summary>
    public static byte[]? Decode(string text)
    {
        Span<byte> buffer = stackalloc byte[text.Length];
        // The library looks characters up in a table of ASCII.
        return Ascii.IsValid(text) && Base58.Bitcoin.TryDecode(text, buffer, out var written) ? buffer[..written].ToArray() : null;
    }

    /// <summary>Decodes exactly <paramref name="length"/> bytes; the text must be the one that they encode to.</summary>
    public static bool TryDecode(string text, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = Decode(text) is { } decoded && decoded.Length == length && Base58.Bitcoin.Encode(decoded) == text ? decoded : null;
        return bytes is not null;
    }
}
