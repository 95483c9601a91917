using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Actors.Wallets;

namespace WildNOut.Web.Endpoints;

/// <summary>What everybody sees.</summary>
/// <param name="ShowWallets">Whether everybody sees the wallets.</param>
/// <param name="ShowHoldings">Whether everybody sees the holdings.</param>
public sealed record PrivacyResponse(bool ShowWallets, bool ShowHoldings);

/// <summary>What a user did, in numbers.</summary>
/// <param name="ContentCount">Things published.</param>
/// <param name="CommentCount">Comments written.</param>
/// <param name="BattleEntries">Battles entered.</param>
/// <param name="BattlesCompleted">Battles entered that have their results.</param>
/// <param name="BattleWins">Battles won.</param>
/// <param name="WinRate">Won of those completed, in whole percent rounded down.</param>
/// <param name="VotesCast">Votes cast. Votes are counted here at a pace of their own: after a rush they may take a while.</param>
public sealed record StatsResponse(
    long ContentCount, long CommentCount, long BattleEntries, long BattlesCompleted, long BattleWins, int WinRate, long VotesCast)
{
    /// <summary>From a user.</summary>
    public static StatsResponse Of(Counters did) => new(did.Contents, did.Comments, did.Entries, did.Battles, did.Wins, did.WinRate, did.Votes);
}

/// <summary>A user as they see themself.</summary>
/// <param name="Id">The identity provider's subject.</param>
/// <param name="Username">In small letters.</param>
/// <param name="DisplayName">Null for none.</param>
/// <param name="Bio">Null for none.</param>
/// <param name="AvatarUrl">Null for none.</param>
/// <param name="Role">What they may do with this token: the higher of its role and the granted one.</param>
/// <param name="Privacy">What everybody sees.</param>
/// <param name="Points">The balance.</param>
/// <param name="Level">From 1.</param>
/// <param name="HolderTier">The tier of all wallets; null when it is not known at the moment.</param>
/// <param name="Stats">What they did.</param>
/// <param name="Version">Of the profile; the ETag begins with it.</param>
/// <param name="CreatedAt">Since when they exist.</param>
public sealed record MeResponse(
    string Id,
    string Username,
    string? DisplayName,
    string? Bio,
    string? AvatarUrl,
    Role Role,
    PrivacyResponse Privacy,
    long Points,
    long Level,
    HolderTier? HolderTier,
    StatsResponse Stats,
    long Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>A user as they see themself.</summary>
    public static MeResponse Of(UserView user, Role role, HolderTier? tier) => new(
        user.Id,
        user.Username,
        user.DisplayName,
        user.Bio,
        user.AvatarUrl,
        role,
        new PrivacyResponse(user.ShowWallets, user.ShowHoldings),
        user.Points.Points,
        user.Points.Level,
        tier,
        StatsResponse.Of(user.Counters),
        user.Version,
        user.CreatedAt);
}

/// <summary>What a user holds.</summary>
/// <param name="Amount">Base units over all wallets in decimal digits; null before the first reading.</param>
/// <param name="Decimals">Base units are 10^-decimals of a token.</param>
/// <param name="Display">The amount in tokens.</param>
public sealed record HoldingsResponse(string? Amount, int? Decimals, string? Display);

/// <summary>A user as everybody sees them.</summary>
/// <param name="Id">The identity provider's subject.</param>
/// <param name="Username">In small letters.</param>
/// <param name="DisplayName">Null for none.</param>
/// <param name="Bio">Null for none.</param>
/// <param name="AvatarUrl">Null for none.</param>
/// <param name="Role">The higher of the granted and the identity provider's role.</param>
/// <param name="Points">The balance.</param>
/// <param name="Level">From 1.</param>
/// <param name="HolderTier">Null unless the user shows what they hold.</param>
/// <param name="Wallets">Addresses, base58; null unless the user shows them.</param>
/// <param name="Holdings">Null unless the user shows them.</param>
/// <param name="Stats">What they did.</param>
/// <param name="CreatedAt">Since when they exist.</param>
public sealed record ProfileResponse(
    string Id,
    string Username,
    string? DisplayName,
    string? Bio,
    string? AvatarUrl,
    Role Role,
    long Points,
    long Level,
    HolderTier? HolderTier,
    IReadOnlyList<string>? Wallets,
    HoldingsResponse? Holdings,
    StatsResponse Stats,
    DateTimeOffset CreatedAt)
{
    /// <summary>What the user has earned, by time, without hidden ones.</summary>
    public IReadOnlyList<ProfileAchievementResponse> Achievements { get; init; } = [];

    /// <summary>The profile with what the wallets add, as far as the user shows it.</summary>
    /// <param name="profile">The profile without wallets.</param>
    /// <param name="privacy">What the user shows.</param>
    /// <param name="wallets">What the wallets say.</param>
    public static ProfileResponse With(ProfileResponse profile, PrivacyResponse privacy, WalletsView wallets)
    {
        var all = WalletsResponse.Of(wallets);
        return profile with
        {
            Wallets = privacy.ShowWallets ? [.. all.Items.Select(wallet => wallet.Address)] : null,
            HolderTier = privacy.ShowHoldings ? all.Tier : null,
            Holdings = privacy.ShowHoldings ? new HoldingsResponse(all.Amount, all.Decimals, all.Display) : null,
        };
    }
}
