using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>A command to a battle.</summary>
public interface IBattleCommand : ICommand;

/// <summary>Opens a battle. Defaults: <paramref name="Rules"/> as <see cref="BattleRules.Default"/>, <paramref name="VotingEndTime"/> 24 h after <paramref name="EndTime"/>.</summary>
public sealed record CreateBattle(
    Guid BattleId,
    string CreatorId,
    string Title,
    string Description,
    BattleType Type,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    DateTimeOffset? VotingEndTime,
    BattleRules? Rules) : IBattleCommand;

/// <summary>Edits an upcoming battle; a null field stays as it is. With <paramref name="ExpectedVersion"/> the edit is refused when the battle has moved on.</summary>
public sealed record EditBattle(
    Caller Caller,
    long? ExpectedVersion,
    string? Title,
    string? Description,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    DateTimeOffset? VotingEndTime,
    BattleRules? Rules) : IBattleCommand;

/// <summary>Moves a battle along its arrows by hand.</summary>
public sealed record MoveBattle(Caller Caller, BattleStatus To) : IBattleCommand;

/// <summary>Enters a battle.</summary>
/// <param name="EntryId">The id the entry gets unless this is a repeat.</param>
/// <param name="UserId">Who enters.</param>
/// <param name="Content">What is entered.</param>
/// <param name="MediaVerified">Whether <see cref="EntryContent.MediaKey"/> is a validated upload of the same user; the edge finds out.</param>
public sealed record SubmitEntry(Guid EntryId, string UserId, EntryContent Content, bool MediaVerified) : IBattleCommand;

/// <summary>Approves or rejects a pending entry; a rejection gives its reason.</summary>
public sealed record ModerateEntry(Caller Caller, Guid EntryId, bool Approve, string? Reason) : IBattleCommand;

/// <summary>Counts a view of an entry.</summary>
public sealed record ViewEntry(Guid EntryId) : IBattleCommand;

/// <summary>A ballot box asks what may be voted on.</summary>
public sealed record RequestBallotPaper : IBattleCommand;

/// <summary>A ballot box has closed: its final count. Comes in as the answer to <see cref="CloseBallot"/>.</summary>
public sealed record CountBallot(BallotCount Count) : IBattleCommand;

/// <summary>The clock: do what is due.</summary>
public sealed record AdvanceBattle : IBattleCommand;

/// <summary>The content of an entry.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Text">The words; needed for text and mixed.</param>
/// <param name="MediaKey">The upload; needed for image, audio, video and mixed.</param>
public sealed record EntryContent(ContentType Type, string? Text = null, string? MediaKey = null);
