using System.Text;
using System.Text.Unicode;

namespace WildNOut.Chain.Signatures;

/// <summary>
/// A signed transaction that does nothing but carry a text: made by a wallet that cannot sign the text itself, and never sent to the chain. It is judged as it came and
/// not rebuilt, because wallets add instructions of the compute budget to what they are given.
/// </summary>
public sealed class MemoTransaction
{
    /// <summary>The longest transaction in bytes: what a packet of the chain holds.</summary>
    public const int MaxBytes = 1_232;

    /// <summary>The most characters of base64 that this takes.</summary>
    public const int MaxLength = (MaxBytes + 2) / 3 * 4;

    private const byte Version0 = 0x80;
    private const int BlockhashLength = 32;
    private const int KeyLength = Ed25519Point.Length;

    private readonly byte[] _signer;
    private readonly byte[] _signed;

    private MemoTransaction(ReadOnlySpan<byte> signer, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> memo)
    {
        _signer = signer.ToArray();
        _signed = signed.ToArray();
        Signature = signature.ToArray();
        Text = Encoding.UTF8.GetString(memo);
    }

    /// <summary>The text in the memo.</summary>
    public string Text { get; }

    /// <summary>The key that must have signed, 32 bytes: the first account, which would pay the fee.</summary>
    public ReadOnlySpan<byte> Signer => _signer;

    /// <summary>The bytes that are signed: all that follow the signature.</summary>
    public ReadOnlySpan<byte> SignedBytes => _signed;

    /// <summary>64 bytes; nobody has verified them yet.</summary>
    internal byte[] Signature { get; }

    /// <summary>Reads a transaction out of base64.</summary>
    /// <returns>What is wrong, as with <see cref="TryParse"/>.</returns>
    public static SignInFault? TryDecode(string text, out MemoTransaction? transaction)
    {
        transaction = null;
        Span<byte> buffer = stackalloc byte[MaxLength];
        return text.Length <= MaxLength && Convert.TryFromBase64String(text, buffer, out var written)
            ? TryParse(buffer[..written], out transaction)
            : SignInFault.MalformedTransaction;
    }

    /// <summary>Reads a transaction, legacy or of version 0: first its form, then what it does.</summary>
    /// <param name="bytes">The signature and the message, as they would be sent.</param>
    /// <param name="transaction">Null when anything is wrong.</param>
    /// <returns>What is wrong; null when it does nothing but carry a text.</returns>
    public static SignInFault? TryParse(ReadOnlySpan<byte> bytes, out MemoTransaction? transaction)
    {
        transaction = null;
        var reader = new WireReader(bytes);
        var signatures = reader.List(Ed25519Strict.SignatureLength);
        var signed = reader.Rest;
        var first = reader.Byte();
        var signers = first == Version0 ? reader.Byte() : first;
        var (readOnlySigners, readOnlyOthers) = (reader.Byte(), reader.Byte());
        var keys = reader.List(KeyLength);
        reader.Take(BlockhashLength);
        var instructions = MemoInstructions.Read(ref reader, keys);
        var lookups = first == Version0 ? reader.Length() : 0;

        if (bytes.Length > MaxBytes || reader.Failed || first > Version0
            || signatures.Length != signers * Ed25519Strict.SignatureLength
            || readOnlySigners >= signers || (signers + readOnlyOthers) * KeyLength > keys.Length)
        {
            return SignInFault.MalformedTransaction;
        }

        if (lookups > 0)
        {
            return SignInFault.UnexpectedLookup;
        }

        if (reader.Rest.Length > 0 || instructions.Unnamed || !Utf8.IsValid(instructions.Memo))
        {
            return SignInFault.MalformedTransaction;
        }

        if (signers > 1)
        {
            return SignInFault.UnexpectedSigner;
        }

        if (instructions.Memos != 1 || instructions.Others)
        {
            return SignInFault.UnexpectedInstruction;
        }

        transaction = new MemoTransaction(keys[..KeyLength], signatures, signed, instructions.Memo);
        return null;
    }
}
