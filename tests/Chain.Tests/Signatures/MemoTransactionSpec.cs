using WildNOut.Chain.Signatures;

namespace WildNOut.Chain.Tests.Signatures;

public sealed class MemoTransactionSpec
{
    private static readonly SignInMessage Vector = SignInMessageSpec.Vector;
    private static readonly TransactionBytes Good = new(Vector.Format());
    private static readonly Instruction Budget = new(TransactionBytes.Budget, [], [2, 64, 13, 3, 0]);

    public static TheoryData<string> Accepted => [.. Carriers.Keys];

    public static TheoryData<string> Refused => [.. Bent.Keys];

    private static readonly Dictionary<string, TransactionBytes> Carriers = new()
    {
        ["legacy"] = Good,
        ["version 0"] = Good.OfVersion0(),
        ["legacy with a price"] = Good.Priced(),
        ["version 0 with a price"] = Good.Priced().OfVersion0(),
        ["the price behind"] = Good.With(Budget),
        ["the first memo program"] = Good with { Keys = [Good.Keys[0], "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo", .. Good.Keys[2..]] },
        ["a memo that names the wallet"] = Good with { Instructions = [new(TransactionBytes.Memo, [0], Good.Instructions[0].Data)] },
        ["an account that nothing uses"] = Good with { Header = [1, 0, 2] },
    };

    private static readonly Dictionary<string, (SignInFault Fault, byte[] Bytes)> Bent = new()
    {
        ["nothing"] = (SignInFault.MalformedTransaction, []),
        ["a byte behind"] = (SignInFault.MalformedTransaction, [.. Good.Signed(), 0]),
        ["a byte behind version 0"] = (SignInFault.MalformedTransaction, [.. Good.OfVersion0().Signed(), 0]),
        ["a signed byte behind"] = (SignInFault.MalformedTransaction, (Good with { Suffix = [0] }).Signed()),
        ["version 0 without the count of look-ups"] = (SignInFault.MalformedTransaction, (Good with { Prefix = [0x80] }).Signed()),
        ["version 1"] = (SignInFault.MalformedTransaction, (Good.OfVersion0() with { Prefix = [0x81] }).Signed()),
        ["too long"] = (SignInFault.MalformedTransaction, new TransactionBytes(new string('a', 1_200)).Signed()),
        ["no signature"] = (SignInFault.MalformedTransaction, [0, .. Good.Message()]),
        ["no signer"] = (SignInFault.MalformedTransaction, [0, .. (Good with { Header = [0, 0, 3] }).Message()]),
        ["a signature too many"] = (SignInFault.MalformedTransaction, [2, .. new byte[128], .. Good.Message()]),
        ["a signer that may not pay"] = (SignInFault.MalformedTransaction, (Good with { Header = [1, 1, 3] }).Signed()),
        ["more accounts than there are"] = (SignInFault.MalformedTransaction, (Good with { Header = [1, 0, 4] }).Signed()),
        ["no accounts"] = (SignInFault.MalformedTransaction, (Good with { Header = [1, 0, 0], Keys = [], Instructions = [] }).Signed()),
        ["a program of no number"] = (SignInFault.MalformedTransaction, Good.With(new Instruction(4, [], [])).Signed()),
        ["an account of no number"] = (SignInFault.MalformedTransaction, Good.With(new Instruction(TransactionBytes.Budget, [4], [])).Signed()),
        ["a length in two bytes that needs one"] = (SignInFault.MalformedTransaction, [0x81, 0, .. Good.Signed()[1..]]),
        ["a length in three bytes that needs one"] = (SignInFault.MalformedTransaction, [0x81, 0x80, 0, .. Good.Signed()[1..]]),
        ["a length of four bytes"] = (SignInFault.MalformedTransaction, [0x81, 0x80, 0x80, 1, .. Good.Signed()[1..]]),
        ["a length beyond 16 bits"] = (SignInFault.MalformedTransaction, [0x81, 0x80, 4, .. Good.Signed()[1..]]),
        ["a memo that is not UTF-8"] = (SignInFault.MalformedTransaction, (Good with { Instructions = [new(TransactionBytes.Memo, [], [0xC0, 0x80])] }).Signed()),
        ["a look-up"] = (SignInFault.UnexpectedLookup, (Good.OfVersion0() with { Suffix = [1, .. new byte[32], 0, 0] }).Signed()),
        ["a look-up that is used"] = (SignInFault.UnexpectedLookup, (Good.OfVersion0().With(new Instruction(4, [5], [])) with { Suffix = [1, .. new byte[32], 1, 0, 1, 1] }).Signed()),
        ["two signers"] = (SignInFault.UnexpectedSigner, [2, .. new byte[128], .. (Good with { Header = [2, 1, 2] }).Message()]),
        ["a transfer beside the memo"] = (SignInFault.UnexpectedInstruction, Good.With(new Instruction(TransactionBytes.Other, [0, 1], [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])).Signed()),
        ["the wallet as the program"] = (SignInFault.UnexpectedInstruction, Good.With(new Instruction(TransactionBytes.Wallet, [], [])).Signed()),
        ["two memos"] = (SignInFault.UnexpectedInstruction, Good.With(Good.Instructions[0]).Signed()),
        ["no memo"] = (SignInFault.UnexpectedInstruction, (Good with { Instructions = [Budget] }).Signed()),
        ["no instruction"] = (SignInFault.UnexpectedInstruction, (Good with { Instructions = [] }).Signed()),
        ["a memo that names another"] = (SignInFault.UnexpectedInstruction, (Good with { Instructions = [new(TransactionBytes.Memo, [0, 3], Good.Instructions[0].Data)] }).Signed()),
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_transaction_that_only_carries_the_message_proves_as_much_as_the_signed_message(string what)
    {
        var bytes = Carriers[what].Signed();
        Assert.Null(MemoTransaction.TryDecode(Convert.ToBase64String(bytes), out var transaction));
        Assert.Equal(Good.Text, transaction!.Text);
        Assert.Equal(Carriers[what].Message(), transaction.SignedBytes);
        Assert.Null(Judge(bytes));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Whatever_else_a_transaction_is_or_does_is_refused(string what)
    {
        Assert.Equal(Bent[what].Fault, MemoTransaction.TryParse(Bent[what].Bytes, out var transaction));
        Assert.Null(transaction);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Every_truncation_is_malformed(string what)
    {
        var bytes = Carriers[what].Signed();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(SignInFault.MalformedTransaction, MemoTransaction.TryParse(bytes.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void No_byte_can_change_and_the_proof_still_hold()
    {
        var bytes = Good.Priced().OfVersion0().Signed();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bent = bytes.ToArray();
                bent[i] ^= (byte)(1 << bit);
                Assert.NotNull(Judge(bent));
            }
        }
    }

    [Fact]
    public void A_transaction_may_be_as_long_as_a_packet()
    {
        var room = MemoTransaction.MaxBytes - new TransactionBytes(new string('a', 200)).Signed().Length + 200;
        Assert.Null(MemoTransaction.TryDecode(Convert.ToBase64String(new TransactionBytes(new string('a', room)).Signed()), out _));
        Assert.Equal(SignInFault.MalformedTransaction, MemoTransaction.TryDecode(Convert.ToBase64String(new TransactionBytes(new string('a', room + 1)).Signed()), out _));
    }

    [Fact]
    public void The_signature_is_over_all_bytes_of_the_message_and_not_over_the_text()
    {
        using var signer = Signer.OfVector();
        Assert.Equal(SignInFault.SignatureMismatch, Judge([1, .. signer.Sign(Good.Text), .. Good.Message()]));
        Assert.Equal(SignInFault.SignatureMismatch, Judge([1, .. signer.Sign(Good.Message()), .. Good.Priced().Message()]));
    }

    [Fact]
    public void The_first_account_is_the_wallet_even_where_the_wallet_signed()
    {
        using var other = Signer.Of(9);
        var paidByOther = Good with { Keys = [other.Address, Good.Keys[1], Good.Keys[2], Good.Keys[0]] };
        Assert.Equal(SignInFault.UnexpectedSigner, Judge(paidByOther.Signed()));
    }

    [Theory]
    [InlineData(SignInFault.WrongDomain, "wildnout.example wants", "wildnout.evil wants")]
    [InlineData(SignInFault.WrongUser, "user_123", "user_124")]
    [InlineData(SignInFault.Expired, "Expiration Time: 2026-01-02T03:19", "Expiration Time: 2026-01-02T03:03")]
    [InlineData(SignInFault.MessageMismatch, "Link", "Steal")]
    [InlineData(SignInFault.MalformedMessage, "Nonce: ", "Once: ")]
    public void The_text_in_the_memo_is_judged_as_a_signed_text_is(SignInFault fault, string old, string @new) =>
        Assert.Equal(fault, Judge(new TransactionBytes(Good.Text.Replace(old, @new, StringComparison.Ordinal)).Signed()));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AQ")]
    public void What_is_no_base64_is_malformed(string text) => Assert.Equal(SignInFault.MalformedTransaction, MemoTransaction.TryDecode(text, out _));

    [Fact]
    public void A_very_long_text_is_refused_before_it_is_decoded() =>
        Assert.Equal(SignInFault.MalformedTransaction, MemoTransaction.TryDecode(new string('A', 10_000_000), out _));

    private static SignInFault? Judge(byte[] bytes)
    {
        Assert.True(WalletAddress.TryParse(Vector.Address, out var address));
        return MemoTransaction.TryParse(bytes, out var transaction)
            ?? new SignInProof(address, transaction!).Judge(new SignInExpectation(Vector.Domain, Vector.Address, Vector.Format(), Vector.RequestId), Vector.IssuedAt!.Value);
    }
}
