using System.Numerics;
using SimpleBase;
using WildNOut.Chain.Signatures;

namespace WildNOut.Chain.Tests.Signatures;

public sealed class Ed25519StrictSpec
{
    private static readonly byte[] Message = "who owns this wallet?"u8.ToArray();

    [Fact]
    public void A_signature_holds_over_its_exact_bytes_only()
    {
        using var signer = Signer.OfVector();
        var signature = signer.Sign(Message);
        Assert.Null(Ed25519Strict.Verify(signer.Key, Message, signature));
        Assert.Equal(SignInFault.SignatureMismatch, Ed25519Strict.Verify(signer.Key, [.. Message, 0], signature));
        using var other = Signer.Of(7);
        Assert.Equal(SignInFault.SignatureMismatch, Ed25519Strict.Verify(other.Key, Message, signature));
        for (var i = 0; i < 32; i++)
        {
            var bent = signature.ToArray();
            bent[i] ^= 1;
            Assert.NotNull(Ed25519Strict.Verify(signer.Key, Message, bent));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void A_signature_has_64_bytes(int length)
    {
        using var signer = Signer.OfVector();
        Assert.Equal(SignInFault.SignatureLength, Ed25519Strict.Verify(signer.Key, Message, new byte[length]));
    }

    [Fact]
    public void The_same_signature_with_S_plus_the_order_is_refused_for_that()
    {
        using var signer = Signer.OfVector();
        var signature = signer.Sign(Message);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Curve.L;
        for (; s < BigInteger.Pow(2, 256); s += Curve.L)
        {
            s.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
            Assert.Equal(SignInFault.NonCanonicalScalar, Ed25519Strict.Verify(signer.Key, Message, signature));
        }
    }

    [Fact]
    public void The_order_itself_is_no_S_and_one_less_is()
    {
        using var signer = Signer.OfVector();
        var signature = signer.Sign(Message);
        Curve.L.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        Assert.Equal(SignInFault.NonCanonicalScalar, Ed25519Strict.Verify(signer.Key, Message, signature));
        (Curve.L - 1).TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        Assert.Equal(SignInFault.SignatureMismatch, Ed25519Strict.Verify(signer.Key, Message, signature));
    }

    [Fact]
    public void Keys_of_small_order_are_refused_in_every_encoding_even_with_a_signature_that_the_equation_holds_for()
    {
        var points = Curve.Torsion();
        Assert.Equal(8, points.Distinct().Count());
        var encodings = points.Select(point => point.Y).Distinct()
            .SelectMany(y => new[] { y, y + Curve.P }).Where(y => y < BigInteger.Pow(2, 255))
            .SelectMany(y => new[] { Curve.Encode(y, false), Curve.Encode(y, true) }).ToList();
        Assert.Equal(14, encodings.Count);
        foreach (var key in encodings)
        {
            // With R the key of order one and S = 0 the equation S·B = R + h·A holds for one message in eight at least.
            byte[] forged = [1, .. new byte[63]];
            Assert.Equal(SignInFault.SmallOrderKey, Ed25519Strict.Verify(key, Message, forged));
        }
    }

    [Fact]
    public void The_system_program_is_no_wallet_that_can_sign()
    {
        Assert.True(WalletAddress.TryParse(new string('1', 32), out var system));
        Assert.Equal(SignInFault.SmallOrderKey, Ed25519Strict.Verify(system.Key, Message, [.. new byte[64]]));
    }

    [Fact]
    public void A_key_in_a_second_encoding_is_refused_for_that()
    {
        // Of the 19 numbers that have a second name below 2^255, those on the curve that are not of small order.
        var seen = 0;
        for (BigInteger y = 2; y < 19; y++)
        {
            if (Curve.X(y) is not null)
            {
                seen++;
                Assert.Equal(SignInFault.NonCanonicalKey, Ed25519Strict.Verify(Curve.Encode(y + Curve.P, false), Message, new byte[64]));
                Assert.Equal(SignInFault.SignatureMismatch, Ed25519Strict.Verify(Curve.Encode(y, false), Message, new byte[64]));
            }
        }

        Assert.True(seen > 3);
    }

    [Fact]
    public void A_key_off_the_curve_is_refused_for_that()
    {
        var off = Enumerable.Range(2, 50).Select(y => new BigInteger(y)).First(y => Curve.X(y) is null);
        Assert.Equal(SignInFault.KeyOffCurve, Ed25519Strict.Verify(Curve.Encode(off, false), Message, new byte[64]));
        Assert.Equal(SignInFault.KeyOffCurve, Ed25519Strict.Verify(new byte[31], Message, new byte[64]));
    }

    [Fact]
    public void An_R_in_a_second_encoding_is_refused_for_that()
    {
        using var signer = Signer.OfVector();
        byte[] signature = [.. Curve.Encode(Curve.P + 1, false), .. new byte[32]];
        Assert.Equal(SignInFault.NonCanonicalPoint, Ed25519Strict.Verify(signer.Key, Message, signature));
    }

    [Fact]
    public void The_curve_agrees_with_plain_arithmetic()
    {
        for (BigInteger y = 2; y < 200; y++)
        {
            Assert.Equal(Curve.X(y) is not null, Ed25519Point.IsOnCurve(Curve.Encode(y, false)));
        }
    }

    [Theory]
    [InlineData("FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF", true)]
    [InlineData("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", true)]
    [InlineData("", false)]
    [InlineData("FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF1", false)]
    [InlineData("0Ae4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF", false)]
    [InlineData("FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhi ", false)]
    [InlineData("FAe4sisG95oZ42w7buUn5qEE4TAnf", false)]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", false)]
    [InlineData("111111111111111111111111111111111", false)]
    [InlineData("ÄAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF", false)]
    public void An_address_is_base58_of_32_bytes_on_the_curve(string text, bool holds) => Assert.Equal(holds, WalletAddress.TryParse(text, out _));

    [Fact]
    public void An_address_off_the_curve_is_none()
    {
        var off = Enumerable.Range(2, 50).Select(y => new BigInteger(y)).First(y => Curve.X(y) is null);
        Assert.False(WalletAddress.TryParse(Base58.Bitcoin.Encode(Curve.Encode(off, false)), out _));
        Assert.False(WalletAddress.TryParse(null, out _));
    }

    [Fact]
    public void A_very_long_address_is_refused_before_it_is_decoded() => Assert.False(WalletAddress.TryParse(new string('2', 10_000_000), out _));

    [Fact]
    public void A_signature_is_read_as_base58_or_base64()
    {
        using var signer = Signer.OfVector();
        for (byte i = 0; i < 100; i++)
        {
            var signature = signer.Sign([i]);
            Assert.Null(SignatureText.TryDecode(Base58.Bitcoin.Encode(signature), out var fromBase58));
            Assert.Equal(signature, fromBase58);
            Assert.Null(SignatureText.TryDecode(Convert.ToBase64String(signature), out var fromBase64));
            Assert.Equal(signature, fromBase64);
        }
    }

    [Theory]
    [InlineData("", SignInFault.SignatureText)]
    [InlineData("not a signature!", SignInFault.SignatureText)]
    [InlineData("====", SignInFault.SignatureText)]
    [InlineData("signature-of-ünïcode", SignInFault.SignatureText)]
    [InlineData("abcd", SignInFault.SignatureLength)]
    [InlineData("AAAA+AAA", SignInFault.SignatureLength)]
    public void Any_other_text_is_no_signature(string text, SignInFault fault) => Assert.Equal(fault, SignatureText.TryDecode(text, out _));

    [Fact]
    public void A_very_long_signature_is_refused_before_it_is_decoded() =>
        Assert.Equal(SignInFault.SignatureLength, SignatureText.TryDecode(new string('2', 10_000_000), out _));
}
