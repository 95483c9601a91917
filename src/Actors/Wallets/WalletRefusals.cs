using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>The "no"s of challenges, addresses, wallets and sessions.</summary>
public static class WalletRefusals
{
    /// <summary>Nothing was issued under this nonce.</summary>
    public static readonly Rejection ChallengeUnknown = Unprocessable("challenge_unknown", "There is no such challenge.");

    /// <summary>A challenge is good for one attempt.</summary>
    public static readonly Rejection ChallengeUsed = Unprocessable("challenge_used", "The challenge was used before; get a new one.");

    /// <summary>A challenge holds for a while only.</summary>
    public static readonly Rejection ChallengeExpired = Unprocessable("challenge_expired", "The challenge has expired; get a new one.");

    /// <summary>The challenge is for another end.</summary>
    public static readonly Rejection WrongPurpose = Unprocessable("wrong_purpose", "The challenge was made for another purpose.");

    /// <summary>The challenge is for another user.</summary>
    public static readonly Rejection WrongUser = Unprocessable("wrong_user", "The challenge is for another user.");

    /// <summary>An address belongs to one user at a time.</summary>
    public static readonly Rejection Taken = Rejection.Conflict("wallet_taken", "This wallet belongs to another user.");

    /// <summary>A user may have so many wallets.</summary>
    public static readonly Rejection TooMany =
        Rejection.Conflict("too_many_wallets", $"A user may have {WalletsState.MostWallets} wallets; disconnect one first.");

    /// <summary>The user's account was given up.</summary>
    public static readonly Rejection Closed = new(RejectionKind.Forbidden, "account_deleted", "This account was deleted.");

    /// <summary>The user has no such wallet.</summary>
    public static readonly Rejection NoWallet = Rejection.NotFound("wallet of yours");

    /// <summary>What is held at an instant is known once it has passed on this node's clock.</summary>
    public static readonly Rejection TooEarly = Rejection.Conflict("too_early", "That instant has not come yet.");

    /// <summary>The user has no such session.</summary>
    public static readonly Rejection NoSession = Rejection.NotFound("session");

    /// <summary>The token was never issued, or its session is over.</summary>
    public static readonly Rejection InvalidRefreshToken = Unprocessable("invalid_refresh_token", "The refresh token does not hold; sign in again.");

    /// <summary>The token was exchanged before: whoever has the newer one may not be its owner, so the session is over.</summary>
    public static readonly Rejection RefreshTokenReused =
        Unprocessable("refresh_token_reused", "The refresh token was used before; its session has been ended. Sign in again.");

    private static Rejection Unprocessable(string code, string message) => new(RejectionKind.Unprocessable, code, message);
}
