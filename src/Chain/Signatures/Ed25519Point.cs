using System.Numerics;

namespace WildNOut.Chain.Signatures;

/// <summary>What is wrong with an encoded point of the curve.</summary>
internal enum PointFault
{
    /// <summary>The number is not below the field's prime, so that the point has a shorter name too.</summary>
    NonCanonical,

    /// <summary>No point has this y.</summary>
    OffCurve,

    /// <summary>One of the eight points whose order divides 8: anybody can sign for such a key.</summary>
    SmallOrder,
}

/// <summary>Encoded points of edwards25519 (RFC 8032, 5.1.2): 32 bytes, little endian, y with the sign of x in the top bit.</summary>
internal static class Ed25519Point
{
    /// <summary>The length of an encoded point in bytes.</summary>
    public const int Length = 32;

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = BigInteger.Parse(
        "37095705934669439343138083508754565189542113879843219016388785533085940283555", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly BigInteger OrderEight = BigInteger.Parse(
        "2707385501144840649318225287225658788936804267575313519463743609750303402022", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The y of every point whose order divides 8; four of the eight points share theirs with another.</summary>
    private static readonly BigInteger[] SmallOrder = [BigInteger.Zero, BigInteger.One, Prime - 1, OrderEight, Prime - OrderEight];

    /// <summary>What is wrong with the point; null when it is a point of large order in its one right encoding.</summary>
    public static PointFault? FaultOf(ReadOnlySpan<byte> encoded)
    {
        var y = Y(encoded);
        return SmallOrder.Contains(y % Prime) ? PointFault.SmallOrder
            : y >= Prime ? PointFault.NonCanonical
            : OnCurve(y) ? null : PointFault.OffCurve;
    }

    /// <summary>Whether y is written as a number below the prime.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> encoded) => Y(encoded) < Prime;

    /// <summary>Whether this is the encoding, canonical or not, of a point on the curve.</summary>
    public static bool IsOnCurve(ReadOnlySpan<byte> encoded) => OnCurve(Y(encoded) % Prime);

    private static BigInteger Y(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = stackalloc byte[Length];
        encoded.CopyTo(bytes);
        bytes[^1] &= 0x7F;
        return new BigInteger(bytes, isUnsigned: true);
    }

    /// <summary>x² = (y² − 1) / (d·y² + 1) has a root exactly when numerator times denominator has one: they differ by a square.</summary>
    private static bool OnCurve(BigInteger y)
    {
        var square = y * y % Prime;
        var product = (square + Prime - 1) * (D * square + 1) % Prime;
        return product.IsZero || BigInteger.ModPow(product, (Prime - 1) / 2, Prime).IsOne;
    }
}
