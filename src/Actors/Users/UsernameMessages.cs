using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>A command to a username, from a user. Each is safe to repeat.</summary>
public interface IUsernameCommand : ICommand
{
    /// <summary>Who asks.</summary>
    string UserId { get; }
}

/// <summary>Claims the name; answered with <see cref="UsernameReply"/>, also when another user has it.</summary>
/// <param name="ForGood">Whether the claim needs no confirming: the name is made from the user's id, so that nobody else can ever want it.</param>
public sealed record ClaimUsername(string UserId, bool ForGood = false) : IUsernameCommand;

/// <summary>The claim has become the user's name.</summary>
public sealed record ConfirmUsername(string UserId, long Claim) : IUsernameCommand;

/// <summary>The user has the name no more.</summary>
public sealed record ReleaseUsername(string UserId, long Claim) : IUsernameCommand;

/// <summary>Asks whose the name is; answered with <see cref="UsernameOwner"/>.</summary>
public sealed record GetUsernameOwner : IQuery;

/// <summary>What happens to a username.</summary>
public interface IUsernameEvent : IEvent;

/// <summary>A user claimed the name.</summary>
public sealed record NameClaimed(string Username, string UserId, long Claim, DateTimeOffset At) : IUsernameEvent;

/// <summary>The claim holds for good.</summary>
public sealed record NameConfirmed(string Username, string UserId, long Claim, DateTimeOffset At) : IUsernameEvent;

/// <summary>The name is free.</summary>
public sealed record NameReleased(string Username, string UserId, long Claim, DateTimeOffset At) : IUsernameEvent;

/// <summary>How a claim stands after a command. The user who asked keeps a granted claim in memory until the command that wanted it is judged.</summary>
/// <param name="ClaimedAt">When the claim was made, or found to hold for good.</param>
public sealed record UsernameReply(string Username, long Claim, ClaimStatus Status, DateTimeOffset ClaimedAt) : IReply, ISignal;

/// <summary>Whose a name is; null for nobody's.</summary>
public sealed record UsernameOwner(string Username, string? UserId) : IReply;
