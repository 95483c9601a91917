using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>Asks for the user; answered with <see cref="UserView"/>, or a refusal where there is none or no more.</summary>
public sealed record GetUser : IQuery;

/// <summary>A user, with all that only they may see.</summary>
/// <param name="Id">The identity provider's subject.</param>
/// <param name="Username">In small letters.</param>
/// <param name="DisplayName">Null for none.</param>
/// <param name="Bio">Null for none.</param>
/// <param name="AvatarUrl">Null for none.</param>
/// <param name="Role">The higher of the granted one and the identity provider's.</param>
/// <param name="ShowWallets">Whether everybody sees the wallets.</param>
/// <param name="ShowHoldings">Whether everybody sees the holdings.</param>
/// <param name="Points">How they stand.</param>
/// <param name="Counters">What they did.</param>
/// <param name="Version">Of the profile, for edits.</param>
/// <param name="CreatedAt">Since when they exist.</param>
public sealed record UserView(
    string Id,
    string Username,
    string? DisplayName,
    string? Bio,
    string? AvatarUrl,
    Role Role,
    bool ShowWallets,
    bool ShowHoldings,
    PointsView Points,
    Counters Counters,
    long Version,
    DateTimeOffset CreatedAt) : IReply;

/// <summary>How a user's points stand.</summary>
/// <param name="Points">The balance, from 0.</param>
/// <param name="Level">From 1.</param>
/// <param name="CurrentThreshold">Where the level begins.</param>
/// <param name="NextThreshold">Where the next one begins.</param>
/// <param name="Progress">The way between the two in whole percent, 0 to 99.</param>
/// <param name="PointsToNextLevel">What is still missing, at least 1.</param>
public sealed record PointsView(
    long Points, long Level, long CurrentThreshold, long NextThreshold, int Progress, long PointsToNextLevel) : IReply;

/// <summary>The command has had its effect, now or before; nothing to add.</summary>
public sealed record Applied : IReply
{
    /// <summary>The only value.</summary>
    public static readonly Applied Instance = new();
}
