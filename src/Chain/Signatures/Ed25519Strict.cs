using System.Numerics;
using NSec.Cryptography;

namespace WildNOut.Chain.Signatures;

/// <summary>
/// Ed25519 without the freedoms that libraries differ in: each key, each R and each S has one encoding, and nobody can sign for a key without knowing
/// its secret. The explicit checks stand in front of the library's verification and do not rely on which of them it makes too.
/// </summary>
public static class Ed25519Strict
{
    /// <summary>The length of a signature in bytes: R, then S.</summary>
    public const int SignatureLength = 64;

    /// <summary>The order of the base point: S must be below it (RFC 8032, 5.1.7), else S + L would be a second signature of the same message.</summary>
    private static readonly BigInteger Order = BigInteger.Pow(2, 252)
        + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Verifies a signature over exact bytes.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">64 bytes.</param>
    /// <returns>What is wrong; null when the signature holds.</returns>
    public static SignInFault? Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return SignInFault.SignatureLength;
        }

        if (publicKey.Length != Ed25519Point.Length)
        {
            return SignInFault.KeyOffCurve;
        }

        if (KeyFault(publicKey) is { } fault)
        {
            return fault;
        }

        if (!Ed25519Point.IsCanonical(signature[..Ed25519Point.Length]))
        {
            return SignInFault.NonCanonicalPoint;
        }

        if (new BigInteger(signature[Ed25519Point.Length..], isUnsigned: true) >= Order)
        {
            return SignInFault.NonCanonicalScalar;
        }

        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
            && SignatureAlgorithm.Ed25519.Verify(key!, message, signature)
            ? null
            : SignInFault.SignatureMismatch;
    }

    private static SignInFault? KeyFault(ReadOnlySpan<byte> publicKey) => Ed25519Point.FaultOf(publicKey) switch
    {
        PointFault.SmallOrder => SignInFault.SmallOrderKey,
        PointFault.NonCanonical => SignInFault.NonCanonicalKey,
        PointFault.OffCurve => SignInFault.KeyOffCurve,
        _ => null,
    };
}
