using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace WildNOut.Web.Endpoints;

/// <summary>Asks for a challenge.</summary>
public sealed record WalletChallengeRequest([property: Required, Description("The wallet's address, base58.")] string? Address);

/// <summary>Answers a challenge: by a signature and the message, or else by a transaction.</summary>
public sealed record WalletProofRequest(
    [property: Required, Description("The wallet's address, base58.")] string? Address,
    [property: Description("The signature of the message, 64 bytes in base58 or base64.")] string? Signature,
    [property: Description("The challenge's message, to the letter.")] string? Message,
    [property: Description(WalletProofRequest.OfTransaction)] string? Transaction)
{
    internal const string OfTransaction = "In place of signature and message, from a wallet that cannot sign text: a signed transaction that was never sent, legacy or of version 0, "
        + "base64 of at most 1232 bytes, whose memo is the challenge's message, to the letter.";
}

/// <summary>Answers a challenge in order to sign in: by a signature and the message, or else by a transaction.</summary>
public sealed record SignInRequest(
    [property: Required, Description("The wallet's address, base58.")] string? Address,
    [property: Description("The signature of the message, 64 bytes in base58 or base64.")] string? Signature,
    [property: Description("The challenge's message, to the letter.")] string? Message,
    [property: Description(WalletProofRequest.OfTransaction)] string? Transaction,
    [property: Description("Whether the tokens come in cookies; default false.")] bool? Cookies)
{
    /// <summary>The answer to the challenge alone.</summary>
    internal WalletProofRequest Proof => new(Address, Signature, Message, Transaction);
}

/// <summary>Presents a refresh token.</summary>
public sealed record RefreshTokenRequest([property: Description("May be left out where it comes in its cookie.")] string? RefreshToken);
