using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>What happens to a battle. <c>By</c> is null where time did it.</summary>
public interface IBattleEvent : IEvent
{
    /// <summary>The battle.</summary>
    Guid BattleId { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>A battle was opened.</summary>
public sealed record BattleCreated(
    Guid BattleId,
    string CreatorId,
    string Title,
    string Description,
    BattleType Type,
    BattleStatus Status,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    DateTimeOffset VotingEndTime,
    BattleRules Rules,
    DateTimeOffset At) : IBattleEvent;

/// <summary>An upcoming battle was edited; all editable fields as they are now.</summary>
public sealed record BattleUpdated(
    Guid BattleId,
    string Title,
    string Description,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    DateTimeOffset VotingEndTime,
    BattleRules Rules,
    string By,
    DateTimeOffset At) : IBattleEvent;

/// <summary>The battle takes entries from now on.</summary>
public sealed record BattleActivated(Guid BattleId, string? By, DateTimeOffset At) : IBattleEvent;

/// <summary>The battle takes votes from now on, and no more entries.</summary>
public sealed record BattleVotingStarted(Guid BattleId, string? By, DateTimeOffset At) : IBattleEvent;

/// <summary>No more ballot papers are handed out; the ballot boxes are asked to close.</summary>
public sealed record BattleVotingClosed(Guid BattleId, string? By, DateTimeOffset At) : IBattleEvent;

/// <summary>One ballot box gave its final count.</summary>
public sealed record BallotCounted(Guid BattleId, BallotCount Count, DateTimeOffset At) : IBattleEvent;

/// <summary>Every ballot box is counted and the entries are ranked. Final.</summary>
public sealed record BattleCompleted(Guid BattleId, BattleResults Results, DateTimeOffset At) : IBattleEvent;

/// <summary>The battle was called off. Final.</summary>
public sealed record BattleCancelled(Guid BattleId, string By, DateTimeOffset At) : IBattleEvent;

/// <summary>Somebody entered.</summary>
public sealed record EntrySubmitted(Guid BattleId, Guid EntryId, string UserId, EntryContent Content, DateTimeOffset At) : IBattleEvent;

/// <summary>A moderator judged a pending entry.</summary>
/// <param name="UserId">Whose entry it is; null where an older row does not say.</param>
public sealed record EntryModerated(
    Guid BattleId, Guid EntryId, string? UserId, ModerationStatus Status, string? Reason, string By, DateTimeOffset At) : IBattleEvent;

/// <summary>How <see cref="EntryModerated"/> was written before it said whose entry it is.</summary>
public sealed record EntryModeratedV1(Guid BattleId, Guid EntryId, ModerationStatus Status, string? Reason, string By, DateTimeOffset At) : IBattleEvent
{
    /// <summary>The same as it is written now.</summary>
    public EntryModerated Upcast() => new(BattleId, EntryId, null, Status, Reason, By, At);
}

/// <summary>Somebody looked at an entry.</summary>
public sealed record EntryViewed(Guid BattleId, Guid EntryId, DateTimeOffset At) : IBattleEvent;

/// <summary>What a moderator thinks of an entry.</summary>
[JsonConverter(typeof(WireEnumConverter<ModerationStatus>))]
public enum ModerationStatus
{
    /// <summary>Not judged yet; takes votes.</summary>
    Pending,

    /// <summary>Fine.</summary>
    Approved,

    /// <summary>Out: no votes, no rank.</summary>
    Rejected,
}
