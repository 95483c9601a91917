using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Wallets;

/// <summary>What the answer to a challenge is for.</summary>
[JsonConverter(typeof(WireEnumConverter<ChallengePurpose>))]
public enum ChallengePurpose
{
    /// <summary>A user links a wallet.</summary>
    Link,

    /// <summary>Somebody signs in with a wallet.</summary>
    SignIn,
}

/// <summary>A command to a challenge.</summary>
public interface IChallengeCommand : ICommand;

/// <summary>Keeps a challenge until it is used. A repeat with the same command id gets the first one.</summary>
/// <param name="Purpose">What its answer is for.</param>
/// <param name="UserId">Whose answer counts; null for anybody's.</param>
/// <param name="Address">The address that must sign.</param>
/// <param name="Domain">The site it is made for.</param>
/// <param name="Message">The exact text to sign.</param>
/// <param name="ExpiresAt">The instant from which it no longer holds.</param>
public sealed record IssueChallenge(
    ChallengePurpose Purpose, string? UserId, string Address, string Domain, string Message, DateTimeOffset ExpiresAt) : IChallengeCommand;

/// <summary>
/// Takes the challenge for an attempt: whatever comes of that, there is no second one, unless it is a repeat with the same command id.
/// Answered with <see cref="Challenge"/>.
/// </summary>
public sealed record UseChallenge(ChallengePurpose Purpose, string? UserId) : IChallengeCommand;

/// <summary>What happens to a challenge.</summary>
public interface IChallengeEvent : IEvent;

/// <summary>A challenge was issued.</summary>
public sealed record ChallengeIssued(
    string Nonce, ChallengePurpose Purpose, string? UserId, string Address, string Domain, string Message, DateTimeOffset ExpiresAt, DateTimeOffset At) : IChallengeEvent;

/// <summary>A challenge was taken for its one attempt.</summary>
public sealed record ChallengeUsed(string Nonce, DateTimeOffset At) : IChallengeEvent;

/// <summary>A challenge as it was issued.</summary>
public sealed record Challenge(string Nonce, string? UserId, string Address, string Domain, string Message, DateTimeOffset ExpiresAt) : IReply;
