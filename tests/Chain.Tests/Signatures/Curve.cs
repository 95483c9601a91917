using System.Numerics;

namespace WildNOut.Chain.Tests.Signatures;

/// <summary>edwards25519 in plain arithmetic, slow and independent of the code under test.</summary>
internal static class Curve
{
    public static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    public static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);

    /// <summary>The eight points whose order divides 8, found by clearing the large part of a point's order.</summary>
    public static IReadOnlyList<(BigInteger X, BigInteger Y)> Torsion()
    {
        for (BigInteger y = 2; ; y++)
        {
            if (X(y) is { } x && Multiply((x, y), L) is var generator && !IsIdentity(Multiply(generator, 4)))
            {
                return [.. Enumerable.Range(0, 8).Select(times => Multiply(generator, times))];
            }
        }
    }

    public static byte[] Encode(BigInteger y, bool sign)
    {
        var bytes = new byte[32];
        y.TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[31] |= (byte)(sign ? 0x80 : 0);
        return bytes;
    }

    public static BigInteger? X(BigInteger y)
    {
        var square = Mod((y * y - 1) * Inverse(Mod(D * y * y + 1)));
        var root = BigInteger.ModPow(square, (P + 3) / 8, P);
        return Mod(root * root - square).IsZero ? root
            : Mod(root * RootOfMinusOne) is var other && Mod(other * other - square).IsZero ? other
            : null;
    }

    public static (BigInteger X, BigInteger Y) Multiply((BigInteger X, BigInteger Y) point, BigInteger times)
    {
        (BigInteger X, BigInteger Y) sum = (0, 1);
        for (; times > 0; times >>= 1, point = Add(point, point))
        {
            sum = times.IsEven ? sum : Add(sum, point);
        }

        return sum;
    }

    private static bool IsIdentity((BigInteger X, BigInteger Y) point) => point.X.IsZero && point.Y.IsOne;

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        var product = Mod(D * a.X * b.X * a.Y * b.Y);
        return (
            Mod((a.X * b.Y + a.Y * b.X) * Inverse(1 + product)),
            Mod((a.Y * b.Y + a.X * b.X) * Inverse(Mod(1 - product))));
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => (value % P + P) % P;
}
