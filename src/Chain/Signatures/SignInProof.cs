using System.Text;

namespace WildNOut.Chain.Signatures;

/// <summary>What a challenge demands of its answer.</summary>
/// <param name="Domain">The site it was made for.</param>
/// <param name="Address">The address that must sign.</param>
/// <param name="Message">The exact text that was issued.</param>
/// <param name="RequestId">What the message must name as its request id; null for none.</param>
public sealed record SignInExpectation(string Domain, string Address, string Message, string? RequestId);

/// <summary>What somebody presents as the proof of owning an address.</summary>
/// <param name="Address">The address they name.</param>
/// <param name="Message">The text they signed.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record SignInProof(WalletAddress Address, string Message, byte[] Signature)
{
    /// <summary>How far the clocks of a wallet and of this node may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>A transaction as the proof: its memo is the message.</summary>
    public SignInProof(WalletAddress address, MemoTransaction transaction)
        : this(address, transaction.Text, transaction.Signature) => Transaction = transaction;

    /// <summary>What was signed in place of the message alone; null for the message.</summary>
    public MemoTransaction? Transaction { get; }

    /// <summary>Judges the proof; each departure has its own fault, and the signature must be over the exact bytes.</summary>
    /// <param name="expected">What the challenge demands.</param>
    /// <param name="now">The time.</param>
    /// <returns>What is wrong; null when the proof holds.</returns>
    public SignInFault? Judge(SignInExpectation expected, DateTimeOffset now) =>
        SignInMessage.TryParse(Message, out var message)
            ? JudgeFields(message, expected) ?? JudgeTimes(message, now) ?? JudgeBytes(expected)
            : SignInFault.MalformedMessage;

    private SignInFault? JudgeFields(SignInMessage message, SignInExpectation expected) =>
        message.Domain != expected.Domain ? SignInFault.WrongDomain
        : message.Address != expected.Address || Address.Text != expected.Address ? SignInFault.WrongAddress
        : message.RequestId != expected.RequestId ? SignInFault.WrongUser
        : null;

    private static SignInFault? JudgeTimes(SignInMessage message, DateTimeOffset now) =>
        message.IssuedAt - Skew > now || message.NotBefore - Skew > now ? SignInFault.NotYetValid
        : message.ExpirationTime + Skew <= now ? SignInFault.Expired
        : null;

    private SignInFault? JudgeBytes(SignInExpectation expected) =>
        Message != expected.Message ? SignInFault.MessageMismatch
        : Transaction is null ? Ed25519Strict.Verify(Address.Key, Encoding.UTF8.GetBytes(Message), Signature)
        : !Transaction.Signer.SequenceEqual(Address.Key) ? SignInFault.UnexpectedSigner
        : Ed25519Strict.Verify(Address.Key, Transaction.SignedBytes, Signature);
}
