using System.Collections.Frozen;
using WildNOut.Actors.Engine;

namespace WildNOut.Chain.Signatures;

/// <summary>Every way in which a proof of ownership can fail to hold up.</summary>
public enum SignInFault
{
    /// <summary>The address is not base58 of a 32-byte key on the curve.</summary>
    InvalidAddress,

    /// <summary>The signature is neither base58 nor base64.</summary>
    SignatureText,

    /// <summary>The signature has not 64 bytes.</summary>
    SignatureLength,

    /// <summary>The key has small order: anybody can sign for it.</summary>
    SmallOrderKey,

    /// <summary>The key is written in a second way.</summary>
    NonCanonicalKey,

    /// <summary>The key is no point of the curve.</summary>
    KeyOffCurve,

    /// <summary>S is not below the group's order.</summary>
    NonCanonicalScalar,

    /// <summary>R is written in a second way.</summary>
    NonCanonicalPoint,

    /// <summary>The key did not sign this message.</summary>
    SignatureMismatch,

    /// <summary>The message has not the form of a sign-in message.</summary>
    MalformedMessage,

    /// <summary>The message names another site.</summary>
    WrongDomain,

    /// <summary>The message, or the request, names another address than the challenge.</summary>
    WrongAddress,

    /// <summary>The message names another user than the challenge.</summary>
    WrongUser,

    /// <summary>The message begins to hold later than now.</summary>
    NotYetValid,

    /// <summary>The message no longer holds.</summary>
    Expired,

    /// <summary>The message is not to the letter the one that was issued.</summary>
    MessageMismatch,

    /// <summary>The transaction in place of a signature is none, or is written in a way that has a second one.</summary>
    MalformedTransaction,

    /// <summary>The transaction takes more signatures than one, or another wallet's.</summary>
    UnexpectedSigner,

    /// <summary>The transaction names accounts in tables of the chain, which do not stand in what is signed.</summary>
    UnexpectedLookup,

    /// <summary>The transaction does something other than carrying one memo.</summary>
    UnexpectedInstruction,
}

/// <summary>The refusals (422) that the faults become, each told from all others.</summary>
public static class SignInFaults
{
    private static readonly FrozenDictionary<SignInFault, Rejection> Refusals = new Dictionary<SignInFault, Rejection>
    {
        [SignInFault.InvalidAddress] = No(
            "invalid_address", "This is no wallet address.", ("address", "must be base58 of a 32-byte ed25519 key, 32 to 44 characters")),
        [SignInFault.SignatureText] = Signature("malformed", "must be base58 or base64 of 64 bytes"),
        [SignInFault.SignatureLength] = Signature("wrong_length", "must have 64 bytes"),
        [SignInFault.SmallOrderKey] = Signature("small_order_key", "the address is a key of small order, for which anybody can sign"),
        [SignInFault.NonCanonicalKey] = Signature("non_canonical_key", "the address is not the canonical form of its key"),
        [SignInFault.KeyOffCurve] = Signature("key_off_curve", "the address is no key that can sign"),
        [SignInFault.NonCanonicalScalar] = Signature("non_canonical_s", "its second half is not below the order of the group"),
        [SignInFault.NonCanonicalPoint] = Signature("non_canonical_r", "its first half is not the canonical form of a point"),
        [SignInFault.SignatureMismatch] = Signature("mismatch", "was not made over these bytes with the key of this address"),
        [SignInFault.MalformedMessage] = No("malformed_message", "This is no sign-in message.", ("message", "must be the challenge's message, to the letter")),
        [SignInFault.WrongDomain] = No("wrong_domain", "The message is meant for another site.", ("message", "names another domain")),
        [SignInFault.WrongAddress] = No("wrong_address", "The challenge is for another address.", ("address", "must be the one the challenge was made for")),
        [SignInFault.WrongUser] = No("wrong_user", "The challenge is for another user.", ("message", "names another user")),
        [SignInFault.NotYetValid] = No("not_yet_valid", "The message does not hold yet.", ("message", "begins to hold later")),
        [SignInFault.Expired] = No("challenge_expired", "The challenge has expired; get a new one."),
        [SignInFault.MessageMismatch] = No("message_mismatch", "The message is not the one that was issued.", ("message", "must be the challenge's message, to the letter")),
        [SignInFault.MalformedTransaction] = No(
            "malformed_transaction", "This is no signed transaction.", ("transaction", "must be base64 of a whole transaction, legacy or of version 0, of at most 1232 bytes")),
        [SignInFault.UnexpectedSigner] = No("unexpected_signer", "The transaction is not the wallet's alone.", ("transaction", "must take one signature, that of the address")),
        [SignInFault.UnexpectedLookup] = No("unexpected_lookup", "The transaction names accounts that do not stand in it.", ("transaction", "must look up no address tables")),
        [SignInFault.UnexpectedInstruction] = No(
            "unexpected_instruction",
            "The transaction does something other than carrying the message.",
            ("transaction", "must have one memo that names nobody but the wallet, and beside it instructions of the compute budget only")),
    }.ToFrozenDictionary();

    /// <summary>The refusal of a fault.</summary>
    public static Rejection ToRejection(this SignInFault fault) => Refusals[fault];

    private static Rejection Signature(string reason, string problem) =>
        No("invalid_signature", "The signature does not hold; see details.", ("signature", problem), ("reason", reason));

    private static Rejection No(string code, string message, params (string Field, string Problem)[] details) => new(
        RejectionKind.Unprocessable,
        code,
        message,
        details.Length == 0 ? null : details.ToDictionary(detail => detail.Field, detail => detail.Problem, StringComparer.Ordinal));
}
