using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>What happens to a user. Instants never fall behind those of earlier events.</summary>
public interface IUserEvent : IEvent
{
    /// <summary>The user.</summary>
    string UserId { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>The user exists.</summary>
/// <param name="Username">The name that the platform gave, claimed for good.</param>
/// <param name="Claim">The number of the claim on it.</param>
public sealed record UserJoined(string UserId, string Username, long Claim, DateTimeOffset At) : IUserEvent;

/// <summary>The identity provider told of the user. What follows for the profile comes as an event of its own.</summary>
/// <param name="Version">When the provider made what it said.</param>
public sealed record IdentityLearned(
    string UserId, string? Username, string? DisplayName, string? AvatarUrl, Role? Role, DateTimeOffset Version, DateTimeOffset At) : IUserEvent;

/// <summary>The profile is another; all fields as they are now.</summary>
/// <param name="Version">The version of the profile from now on.</param>
public sealed record ProfileUpdated(
    string UserId, string? DisplayName, string? Bio, string? AvatarUrl, bool ShowWallets, bool ShowHoldings, long Version, DateTimeOffset At) : IUserEvent;

/// <summary>The user has another name; the one before is given back.</summary>
/// <param name="Claim">The number of the claim on the name.</param>
/// <param name="Before">The name before.</param>
/// <param name="BeforeClaim">The number of the claim on that.</param>
/// <param name="Version">The version of the profile from now on.</param>
public sealed record UsernameSet(
    string UserId, string Username, long Claim, string Before, long BeforeClaim, long Version, DateTimeOffset At) : IUserEvent;

/// <summary>The name knows for good whose it is.</summary>
public sealed record UsernameConfirmed(string UserId, string Username, long Claim, DateTimeOffset At) : IUserEvent;

/// <summary>The claim had lapsed before it was confirmed: the user bears the platform's name again.</summary>
/// <param name="Username">The name that was lost.</param>
/// <param name="Claim">The number of the claim on it.</param>
/// <param name="Version">The version of the profile from now on.</param>
public sealed record UsernameLost(string UserId, string Username, long Claim, long Version, DateTimeOffset At) : IUserEvent;

/// <summary>A name that was given up is free again.</summary>
public sealed record UsernameReleased(string UserId, string Username, long Claim, DateTimeOffset At) : IUserEvent;

/// <summary>The name that the identity provider gives is another user's; the wish for it ends.</summary>
public sealed record UsernameRefused(string UserId, string Username, DateTimeOffset At) : IUserEvent;

/// <summary>An admin granted a role.</summary>
public sealed record RoleGranted(string UserId, Role Role, string By, DateTimeOffset At) : IUserEvent;

/// <summary>An admin took the granted role back.</summary>
public sealed record RoleRevoked(string UserId, string By, DateTimeOffset At) : IUserEvent;

/// <summary>Points came.</summary>
/// <param name="Amount">At least 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">What or who gave them.</param>
/// <param name="Cause">What makes the change one among all of this user's.</param>
/// <param name="Balance">The points after it: the sum of all changes so far.</param>
public sealed record PointsAwarded(
    string UserId, long Amount, string Reason, string Source, string Cause, long Balance, DateTimeOffset At) : IUserEvent;

/// <summary>Points went; the members are those of <see cref="PointsAwarded"/>.</summary>
public sealed record PointsDeducted(
    string UserId, long Amount, string Reason, string Source, string Cause, long Balance, DateTimeOffset At) : IUserEvent;

/// <summary>The level is another, up or down. It follows from the balance alone.</summary>
public sealed record LevelChanged(string UserId, long Level, long Before, DateTimeOffset At) : IUserEvent;

/// <summary>A deed counts.</summary>
/// <param name="Deed">The deed.</param>
/// <param name="Points">What it earns by itself, from 0; the award comes as an event of its own.</param>
public sealed record DeedRecorded(string UserId, Deed Deed, long Points, DateTimeOffset At) : IUserEvent;

/// <summary>The account is given up: nothing of the profile is left, and the name is given back.</summary>
/// <param name="Username">The name that is given back; null for a user who never was here.</param>
/// <param name="Claim">The number of the claim on it.</param>
/// <param name="By">Who wanted it.</param>
public sealed record UserDeleted(string UserId, string? Username, long Claim, string By, DateTimeOffset At) : IUserEvent;
