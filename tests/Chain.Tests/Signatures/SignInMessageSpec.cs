using System.Security.Cryptography;
using System.Text;
using WildNOut.Chain.Signatures;

namespace WildNOut.Chain.Tests.Signatures;

public sealed class SignInMessageSpec
{
    private static readonly DateTimeOffset Issued = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal static SignInMessage Vector { get; } = new()
    {
        Domain = "wildnout.example",
        Address = "FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF",
        Statement = "Link this wallet to your Wild 'n Out account.",
        Uri = "https://wildnout.example/wallet",
        Version = "1",
        ChainId = "mainnet",
        Nonce = "a1b2c3d4e5f6g7h8",
        IssuedAt = Issued,
        ExpirationTime = Issued.AddMinutes(15),
        RequestId = "user_123",
    };

    private static readonly SignInExpectation Expected = new(Vector.Domain, Vector.Address, Vector.Format(), "user_123");

    [Fact]
    public void The_published_vector_is_built_signed_and_verified_to_the_byte()
    {
        var text = Vector.Format();
        Assert.Equal(344, Encoding.UTF8.GetByteCount(text));
        Assert.Equal("9a5c654c1f459972186dd8de232c739e4f1c00d6c28f5ec26bb6b4aef553570b", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        using var signer = Signer.OfVector();
        Assert.Equal(Vector.Address, signer.Address);
        foreach (var signature in new[]
        {
            "4nForSbr16qYsdYKhRkvmw6P3R3ydVPJaozNzjPJNLR91zincTjqAto4ncW5RmCEWQGH2VVhLHnn2b9NAsoPuRZg",
            "vRPUBkNfW2BYxFmDovAW2GDlc+7Vje3Z70IUPr1001RCAnTl9eDjbaDLhV8lm5Ljcsyb//pDLTW9BG4J4vRxBw==",
        })
        {
            Assert.Null(SignatureText.TryDecode(signature, out var bytes));
            Assert.Equal(signer.Sign(text), bytes);
            Assert.Null(Proof(text, bytes).Judge(Expected, Issued));
        }
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        SignInMessage[] messages =
        [
            Vector,
            new() { Domain = "localhost:8080", Address = Vector.Address },
            new() { Domain = "a.example", Address = Vector.Address, Statement = "Only words" },
            new() { Domain = "a.example", Address = Vector.Address, Nonce = "12345678" },
            Vector with { Statement = null, NotBefore = Issued, Resources = ["https://a.example/x", "ipfs://y"] },
            Vector with { Resources = [] },
            new() { Domain = "a.example", Address = Vector.Address, Resources = ["https://a.example/x"] },
            Vector with { Statement = "Ünïcode 🎤 too" },
        ];
        foreach (var message in messages)
        {
            Assert.True(SignInMessage.TryParse(message.Format(), out var read));
            Assert.Equal(message.Format(), read.Format());
            Assert.Equal(message with { Resources = null }, read with { Resources = null });
            Assert.Equal(message.Resources, read.Resources);
        }
    }

    public static TheoryData<string, Func<string, string>> Malformed => new()
    {
        { "empty", _ => "" },
        { "first line only", text => text.Split('\n')[0] },
        { "a trailing LF", text => text + "\n" },
        { "a leading LF", text => "\n" + text },
        { "CR LF", text => text.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "another opening", text => text.Replace("Solana", "Ethereum", StringComparison.Ordinal) },
        { "no domain", text => text.Replace("wildnout.example wants", " wants", StringComparison.Ordinal) },
        { "a domain with a path", text => text.Replace("wildnout.example wants", "wildnout.example/x wants", StringComparison.Ordinal) },
        { "no address", text => text.Replace(Vector.Address, "", StringComparison.Ordinal) },
        { "an address that is not base58", text => text.Replace(Vector.Address, new string('0', 40), StringComparison.Ordinal) },
        { "two statements", text => text.Replace("account.", "account.\n\nAnd one more.", StringComparison.Ordinal) },
        { "a statement of two lines", text => text.Replace("account.", "account.\nAnd more.", StringComparison.Ordinal) },
        { "an empty line too many", text => text.Replace("\n\nURI", "\n\n\nURI", StringComparison.Ordinal) },
        { "an empty line too few", text => text.Replace("\n\nURI", "\nURI", StringComparison.Ordinal) },
        { "fields out of order", text => text.Replace("Version: 1\nChain ID: mainnet", "Chain ID: mainnet\nVersion: 1", StringComparison.Ordinal) },
        { "a field twice", text => text.Replace("Version: 1", "Version: 1\nVersion: 1", StringComparison.Ordinal) },
        { "an unknown field", text => text + "\nColour: red" },
        { "a field without its space", text => text.Replace("Version: 1", "Version:1", StringComparison.Ordinal) },
        { "another version", text => text.Replace("Version: 1", "Version: 2", StringComparison.Ordinal) },
        { "an unknown chain", text => text.Replace("mainnet", "moonnet", StringComparison.Ordinal) },
        { "a short nonce", text => text.Replace("a1b2c3d4e5f6g7h8", "a1b2c3d", StringComparison.Ordinal) },
        { "a nonce with other characters", text => text.Replace("a1b2c3d4e5f6g7h8", "a1b2c3d4-e5f6", StringComparison.Ordinal) },
        { "a time without zone", text => text.Replace("2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000", StringComparison.Ordinal) },
        { "an impossible time", text => text.Replace("2026-01-02T03:04:05.000Z", "2026-13-02T03:04:05.000Z", StringComparison.Ordinal) },
        { "a request id with a space", text => text.Replace("user_123", "user 123", StringComparison.Ordinal) },
        { "a relative uri", text => text.Replace("https://wildnout.example/wallet", "wallet", StringComparison.Ordinal) },
        { "resources that are no list", text => text + "\nResources:\nhttps://a.example" },
        { "something after the resources", text => text + "\nResources:\n- https://a.example\nNonce: 12345678" },
        { "a NUL", text => text.Replace("account.", "account.\0", StringComparison.Ordinal) },
        { "too long", text => text + "\nResources:" + string.Concat(Enumerable.Repeat("\n- https://a.example", 300)) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Whatever_departs_from_the_form_is_malformed(string what, Func<string, string> bend)
    {
        var bent = bend(Vector.Format());
        Assert.NotEqual(Vector.Format(), bent);
        Assert.False(SignInMessage.TryParse(bent, out _), what);
        Assert.Equal(SignInFault.MalformedMessage, Signed(bent).Judge(Expected, Issued));
    }

    [Theory]
    [InlineData(SignInFault.WrongDomain, "wildnout.example wants", "wildnout.evil wants")]
    [InlineData(SignInFault.WrongAddress, "FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")]
    [InlineData(SignInFault.WrongUser, "user_123", "user_124")]
    [InlineData(SignInFault.WrongUser, "\nRequest ID: user_123", "")]
    [InlineData(SignInFault.NotYetValid, "Issued At: 2026-01-02T03:04:05", "Issued At: 2026-01-02T03:05:06")]
    [InlineData(SignInFault.NotYetValid, "Request ID", "Not Before: 2026-01-02T03:05:06Z\nRequest ID")]
    [InlineData(SignInFault.Expired, "Expiration Time: 2026-01-02T03:19", "Expiration Time: 2026-01-02T03:03")]
    [InlineData(SignInFault.MessageMismatch, "Link", "Steal")]
    [InlineData(SignInFault.MessageMismatch, "Chain ID: mainnet", "Chain ID: devnet")]
    [InlineData(SignInFault.MessageMismatch, "a1b2c3d4e5f6g7h8", "a1b2c3d4e5f6g7h9")]
    [InlineData(SignInFault.MessageMismatch, "05.000Z", "05Z")]
    [InlineData(SignInFault.MessageMismatch, "Request ID", "Not Before: 2026-01-02T03:04:05.000Z\nRequest ID")]
    public void Each_departure_from_the_challenge_has_its_own_fault_although_the_signature_is_good(SignInFault fault, string old, string @new)
    {
        var text = Vector.Format().Replace(old, @new, StringComparison.Ordinal);
        Assert.NotEqual(Vector.Format(), text);
        Assert.Equal(fault, Signed(text).Judge(Expected, Issued));
    }

    [Fact]
    public void Clocks_may_differ_by_a_minute()
    {
        var proof = Signed(Vector.Format());
        Assert.Null(proof.Judge(Expected, Issued.AddSeconds(-60)));
        Assert.Equal(SignInFault.NotYetValid, proof.Judge(Expected, Issued.AddSeconds(-61)));
        Assert.Null(proof.Judge(Expected, Issued.AddMinutes(16).AddTicks(-1)));
        Assert.Equal(SignInFault.Expired, proof.Judge(Expected, Issued.AddMinutes(16)));
    }

    [Fact]
    public void Somebody_else_s_signature_and_somebody_else_s_address_are_refused()
    {
        using var other = Signer.Of(9);
        Assert.Equal(SignInFault.SignatureMismatch, Proof(Vector.Format(), other.Sign(Vector.Format())).Judge(Expected, Issued));
        Assert.True(WalletAddress.TryParse(other.Address, out var address));
        Assert.Equal(SignInFault.WrongAddress, new SignInProof(address, Vector.Format(), other.Sign(Vector.Format())).Judge(Expected, Issued));
    }

    [Fact]
    public void Every_fault_has_a_refusal_of_its_own()
    {
        var refusals = Enum.GetValues<SignInFault>().Select(fault => fault.ToRejection()).ToList();
        Assert.All(refusals, refusal => Assert.Equal(Actors.Engine.RejectionKind.Unprocessable, refusal.Kind));
        Assert.Equal(refusals.Count, refusals.Select(refusal => (refusal.Code, refusal.Details?.GetValueOrDefault("reason"))).Distinct().Count());
    }

    private static SignInProof Signed(string text)
    {
        using var signer = Signer.OfVector();
        return Proof(text, signer.Sign(text));
    }

    private static SignInProof Proof(string text, byte[] signature)
    {
        Assert.True(WalletAddress.TryParse(Vector.Address, out var address));
        return new SignInProof(address, text, signature);
    }
}
