using System.Text;
using NSec.Cryptography;
using SimpleBase;

namespace WildNOut.Chain.Tests.Signatures;

/// <summary>A wallet: a key pair out of a seed.</summary>
internal sealed class Signer(byte[] seed) : IDisposable
{
    private readonly Key _key = NSec.Cryptography.Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);

    /// <summary>The wallet of the published vector: its seed is the bytes 0 to 31.</summary>
    public static Signer OfVector() => new([.. Enumerable.Range(0, 32).Select(number => (byte)number)]);

    public static Signer Of(byte number) => new([.. Enumerable.Repeat(number, 32)]);

    public byte[] Key => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    public string Address => Base58.Bitcoin.Encode(Key);

    public byte[] Sign(string message) => Sign(Encoding.UTF8.GetBytes(message));

    public byte[] Sign(byte[] message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    public void Dispose() => _key.Dispose();
}
