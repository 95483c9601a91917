using NSec.Cryptography;
using SimpleBase;

namespace WildNOut.Chain.Devnet;

/// <summary>A wallet whose secret key everybody knows: it can sign, and owns nothing but tokens of the devnet.</summary>
public sealed class DevnetWallet
{
    private readonly byte[] _seed;

    internal DevnetWallet(byte[] seed)
    {
        _seed = seed;
        using var key = Import();
        Address = Base58.Bitcoin.Encode(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public key, base58.</summary>
    public string Address { get; }

    /// <summary>Signs a message with ed25519.</summary>
    /// <returns>64 bytes.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        using var key = Import();
        return SignatureAlgorithm.Ed25519.Sign(key, message);
    }

    private Key Import() => Key.Import(SignatureAlgorithm.Ed25519, _seed, KeyBlobFormat.RawPrivateKey);
}
