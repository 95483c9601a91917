using SimpleBase;

namespace WildNOut.Chain.Signatures;

/// <summary>What the instructions of a transaction come to, as far as one that may do nothing but carry a memo is concerned.</summary>
internal ref struct MemoInstructions
{
    private const int KeyLength = Ed25519Point.Length;

    private static readonly byte[] Memo2 = Base58.Bitcoin.Decode("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
    private static readonly byte[] Memo1 = Base58.Bitcoin.Decode("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo");
    private static readonly byte[] ComputeBudget = Base58.Bitcoin.Decode("ComputeBudget111111111111111111111111111111");

    /// <summary>The data of the last memo.</summary>
    public ReadOnlySpan<byte> Memo { get; private set; }

    /// <summary>How many memos there are.</summary>
    public int Memos { get; private set; }

    /// <summary>Whether an instruction is neither a memo nor of the compute budget, or a memo names an account that is not the first.</summary>
    public bool Others { get; private set; }

    /// <summary>Whether a program or an account is not among the keys.</summary>
    public bool Unnamed { get; private set; }

    /// <summary>Reads the list of instructions.</summary>
    /// <param name="reader">Stands before the list.</param>
    /// <param name="keys">The keys that instructions name by number, 32 bytes each.</param>
    public static MemoInstructions Read(ref WireReader reader, ReadOnlySpan<byte> keys)
    {
        var instructions = default(MemoInstructions);
        for (var left = reader.Length(); left > 0 && !reader.Failed; left--)
        {
            var program = reader.Byte();
            var accounts = reader.List(1);
            instructions.Add(program, accounts, reader.List(1), keys);
        }

        return instructions;
    }

    private void Add(byte program, ReadOnlySpan<byte> accounts, ReadOnlySpan<byte> data, ReadOnlySpan<byte> keys)
    {
        var count = keys.Length / KeyLength;
        foreach (var account in accounts)
        {
            Unnamed |= account >= count;
        }

        if (program >= count)
        {
            Unnamed = true;
            return;
        }

        var key = keys.Slice(program * KeyLength, KeyLength);
        if (key.SequenceEqual(Memo2) || key.SequenceEqual(Memo1))
        {
            Memo = data;
            Memos++;
            Others |= accounts.ContainsAnyExcept((byte)0);
        }
        else
        {
            Others |= !key.SequenceEqual(ComputeBudget);
        }
    }
}
