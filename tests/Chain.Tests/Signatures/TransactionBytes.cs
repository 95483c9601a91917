using System.Text;
using SimpleBase;

namespace WildNOut.Chain.Tests.Signatures;

/// <summary>An instruction as a message holds it: numbers of keys, and data.</summary>
internal sealed record Instruction(byte Program, byte[] Accounts, byte[] Data);

/// <summary>A transaction to be bent: by default a legacy one whose only instruction is a memo of the wallet of the published vector.</summary>
internal sealed record TransactionBytes(string Text)
{
    public const byte Wallet = 0;
    public const byte Memo = 1;
    public const byte Budget = 2;
    public const byte Other = 3;

    public byte[] Prefix { get; init; } = [];

    public byte[] Header { get; init; } = [1, 0, 3];

    public string[] Keys { get; init; } =
    [
        "FAe4sisG95oZ42w7buUn5qEE4TAnfTTFPiguZUHmhiF",
        "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
        "ComputeBudget111111111111111111111111111111",
        "11111111111111111111111111111111",
    ];

    public IReadOnlyList<Instruction> Instructions { get; init; } = [new(Memo, [], Encoding.UTF8.GetBytes(Text))];

    public byte[] Suffix { get; init; } = [];

    public TransactionBytes OfVersion0() => this with { Prefix = [0x80], Suffix = [0] };

    public TransactionBytes With(params Instruction[] more) => this with { Instructions = [.. Instructions, .. more] };

    /// <summary>The price and the limit that wallets put in front.</summary>
    public TransactionBytes Priced() => this with
    {
        Instructions = [new(Budget, [], [3, 16, 39, 0, 0, 0, 0, 0, 0]), new(Budget, [], [2, 64, 13, 3, 0]), .. Instructions],
    };

    public byte[] Message() =>
    [
        .. Prefix, .. Header,
        .. Length(Keys.Length), .. Keys.SelectMany(key => Base58.Bitcoin.Decode(key)),
        .. Enumerable.Repeat((byte)9, 32),
        .. Length(Instructions.Count),
        .. Instructions.SelectMany(one => (byte[])[one.Program, .. Length(one.Accounts.Length), .. one.Accounts, .. Length(one.Data.Length), .. one.Data]),
        .. Suffix,
    ];

    public byte[] Signed() => Signed(Message());

    public static byte[] Signed(byte[] message)
    {
        using var signer = Signer.OfVector();
        return [1, .. signer.Sign(message), .. message];
    }

    private static byte[] Length(int length) => length < 0x80 ? [(byte)length] : [(byte)(length & 0x7F | 0x80), (byte)(length >> 7)];
}
