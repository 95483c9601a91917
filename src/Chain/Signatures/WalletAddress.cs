using System.Diagnostics.CodeAnalysis;

namespace WildNOut.Chain.Signatures;

/// <summary>A wallet's address: an ed25519 key that can sign, so it lies on the curve. A token account or a program's own address is none.</summary>
public sealed class WalletAddress
{
    /// <summary>The fewest base58 characters of 32 bytes.</summary>
    public const int MinLength = 32;

    /// <summary>The most base58 characters of 32 bytes.</summary>
    public const int MaxLength = 44;

    private readonly byte[] _key;

    private WalletAddress(string text, byte[] key)
    {
        Text = text;
        _key = key;
    }

    /// <summary>The address, base58.</summary>
    public string Text { get; }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>Reads an address. The length is judged before anything is decoded, because decoding takes time with the square of it.</summary>
    /// <returns>False when the text is not base58 of 32 bytes that lie on the curve.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WalletAddress? address)
    {
        address = null;
        if (text is not { Length: >= MinLength and <= MaxLength } || !Base58Text.TryDecode(text, Ed25519Point.Length, out var key) || !Ed25519Point.IsOnCurve(key))
        {
            return false;
        }

        address = new WalletAddress(text, key);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
