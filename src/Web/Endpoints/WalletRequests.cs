using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace WildNOut.Web.Endpoints;

/// <summary>Asks for a challenge.</summary>
public sealed record WalletChallengeRequest([property: Required, Description("The wallet's address, base58.")] string? Address);

/// <summary>Answers a challenge.</summary>
public sealed record WalletProofRequest(
    [property: Required, Description("The wallet's address, base58.")] string? Address,
    [property: Required, Description("The signature, 64 bytes in base58 or base64.")] string? Signature,
    [property: Required, Description("The challenge's message, to the letter.")] string? Message);

/// <summary>Answers a challenge in order to sign in.</summary>
public sealed record SignInRequest(
    [property: Required, Description("The wallet's address, base58.")] string? Address,
    [property: Required, Description("The signature, 64 bytes in base58 or base64.")] string? Signature,
    [property: Required, Description("The challenge's message, to the letter.")] string? Message,
    [property: Description("Whether the tokens come in cookies; default false.")] bool? Cookies)
{
    /// <summary>The answer to the challenge alone.</summary>
    internal WalletProofRequest Proof => new(Address, Signature, Message);
}

/// <summary>Presents a refresh token.</summary>
public sealed record RefreshTokenRequest([property: Description("May be left out where it comes in its cookie.")] string? RefreshToken);
