using System.Globalization;
using System.Text.Json.Serialization;
using WildNOut.Actors.Wallets;

namespace WildNOut.Web.Endpoints;

/// <summary>A challenge to sign.</summary>
/// <param name="Message">The text to sign, as UTF-8 and to the letter.</param>
/// <param name="Nonce">What makes it the only one.</param>
/// <param name="ExpiresAt">The instant from which it no longer holds.</param>
public sealed record ChallengeResponse(string Message, string Nonce, DateTimeOffset ExpiresAt)
{
    /// <summary>What a client needs of a challenge.</summary>
    public static ChallengeResponse Of(Challenge challenge) => new(challenge.Message, challenge.Nonce, challenge.ExpiresAt);
}

/// <summary>A wallet.</summary>
/// <param name="Address">Base58.</param>
/// <param name="LinkedAt">Since when it is the user's.</param>
/// <param name="Amount">Base units in decimal digits; null before the first reading.</param>
/// <param name="Decimals">Base units are 10^-decimals of a token; null before the first reading.</param>
/// <param name="Display">The amount in tokens.</param>
/// <param name="Slot">The slot of the reading, in decimal digits.</param>
/// <param name="At">When it was read.</param>
/// <param name="FailedAt">When reading it failed, if that was later.</param>
public sealed record WalletResponse(
    string Address, DateTimeOffset LinkedAt, string? Amount, int? Decimals, string? Display, string? Slot, DateTimeOffset? At, DateTimeOffset? FailedAt)
{
    /// <summary>A wallet as clients see it.</summary>
    public static WalletResponse Of(WalletView wallet, int? decimals) => new(
        wallet.Address,
        wallet.LinkedAt,
        Digits(wallet.Amount),
        wallet.Amount is null ? null : decimals,
        WalletsResponse.InTokens(wallet.Amount, decimals),
        Digits(wallet.Slot),
        wallet.At,
        wallet.FailedAt);

    private static string? Digits(ulong? number) => number?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The wallets of a user.</summary>
/// <param name="Tier">The tier of their sum.</param>
/// <param name="Amount">Base units over all of them in decimal digits; null before the first reading.</param>
/// <param name="Decimals">Base units are 10^-decimals of a token.</param>
/// <param name="Display">The amount in tokens.</param>
/// <param name="Items">By time of linking.</param>
public sealed record WalletsResponse(HolderTier Tier, string? Amount, int? Decimals, string? Display, IReadOnlyList<WalletResponse> Items)
{
    /// <summary>The wallets of a user as clients see them.</summary>
    public static WalletsResponse Of(WalletsView wallets) => new(
        wallets.Tier,
        wallets.Total?.ToString(CultureInfo.InvariantCulture),
        wallets.Decimals,
        InTokens(wallets.Total, wallets.Decimals),
        [.. wallets.Items.Select(wallet => WalletResponse.Of(wallet, wallets.Decimals))]);

    /// <summary>An amount in tokens, such as <c>1234.5</c>: exact, without zeros at the end.</summary>
    public static string? InTokens(ulong? units, int? decimals)
    {
        if (units is not { } amount || decimals is not { } places)
        {
            return null;
        }

        var digits = amount.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{digits[..^places]}.{digits[^places..].TrimEnd('0')}".TrimEnd('.');
    }
}

/// <summary>What a sign-in gives: two tokens, or else a CSRF token beside those that come in cookies.</summary>
/// <param name="AccessToken">Goes into the header <c>Authorization: Bearer …</c>.</param>
/// <param name="RefreshToken">Is good for one exchange against the next pair.</param>
/// <param name="ExpiresAt">The instant from which the access token no longer holds.</param>
/// <param name="CsrfToken">Goes into the header <c>X-CSRF-Token</c> of whatever changes something.</param>
public sealed record SignInResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AccessToken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CsrfToken);

/// <summary>A CSRF token.</summary>
/// <param name="CsrfToken">Goes into the header <c>X-CSRF-Token</c> of whatever changes something.</param>
public sealed record CsrfResponse(string CsrfToken);
