using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>A command to a user. The first command of any kind makes the user exist.</summary>
public interface IUserCommand : ICommand;

/// <summary>The user is here, with a request or in a queue of those who were: nothing more than to exist. Answered with <see cref="UserView"/>.</summary>
public sealed record WelcomeUser : IUserCommand;

/// <summary>What the identity provider says of the user. Safe to repeat; an older version than the newest known changes nothing. Answered with <see cref="Applied"/>.</summary>
/// <param name="Username">The name the user has there; it is taken over when the user has none of their own yet and it is free. Null where the provider says none.</param>
/// <param name="DisplayName">Null where the provider says none.</param>
/// <param name="AvatarUrl">Null where the provider says none.</param>
/// <param name="Role">The role there; null for none.</param>
/// <param name="Version">When the provider made this version.</param>
public sealed record LearnIdentity(string? Username, string? DisplayName, string? AvatarUrl, Role? Role, DateTimeOffset Version) : IUserCommand;

/// <summary>The user edits their profile; null leaves a field as it is, and an empty text empties it. Answered with <see cref="UserView"/>.</summary>
/// <param name="Username">3 to 30 of <c>[a-z0-9_]</c>; capitals are made small.</param>
/// <param name="DisplayName">2 to 50 characters, or empty for none.</param>
/// <param name="Bio">At most 500 characters.</param>
/// <param name="AvatarUrl">An absolute https address, or empty for none.</param>
/// <param name="ShowWallets">Whether everybody sees the user's wallets.</param>
/// <param name="ShowHoldings">Whether everybody sees what the user holds.</param>
/// <param name="Version">The version that was edited; null edits whatever is there.</param>
public sealed record UpdateProfile(
    string? Username, string? DisplayName, string? Bio, string? AvatarUrl, bool? ShowWallets, bool? ShowHoldings, long? Version) : IUserCommand;

/// <summary>An admin grants a role, in place of an earlier grant. Answered with <see cref="UserView"/>.</summary>
public sealed record GrantRole(Role Role, string By) : IUserCommand;

/// <summary>An admin takes the granted role back. Answered with <see cref="UserView"/>.</summary>
public sealed record RevokeRole(string By) : IUserCommand;

/// <summary>Adds points. A cause counts once for ever. Answered with <see cref="PointsView"/>.</summary>
/// <param name="Amount">At least 1.</param>
/// <param name="Reason">Why, in a word or a sentence, 1 to 200 characters.</param>
/// <param name="Source">What or who gave them, such as an id.</param>
/// <param name="Cause">What makes this change recognisable among all changes of this user's points.</param>
public sealed record AwardPoints(long Amount, string Reason, string Source, string Cause) : IUserCommand;

/// <summary>Takes points away, never more than there are. The members are those of <see cref="AwardPoints"/>.</summary>
public sealed record DeductPoints(long Amount, string Reason, string Source, string Cause) : IUserCommand;

/// <summary>The user did something, or something was done to what is theirs. Each deed counts once for ever, in any order. Answered with <see cref="Applied"/>.</summary>
/// <param name="Deeds">At least one.</param>
public sealed record RecordDeeds(IReadOnlyList<Deed> Deeds) : IUserCommand
{
    /// <summary>A single deed.</summary>
    public static RecordDeeds Of(Deed deed) => new([deed]);
}

/// <summary>The account is given up: the profile is emptied, the name and the roles end, what was earned stays counted. Answered with <see cref="Applied"/>, also for a repeat.</summary>
/// <param name="By">Who wants it: the user, an admin, or the identity provider.</param>
public sealed record DeleteUser(string By) : IUserCommand;

/// <summary>A username answered: comes in through the shell.</summary>
/// <param name="Reply">What it said.</param>
/// <param name="Wished">Whether the name was asked for on the identity provider's word, so that a refusal is nobody's error.</param>
public sealed record HearUsername(UsernameReply Reply, bool Wished) : IUserCommand;
