using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>Asks for the battle; answered with <see cref="BattleView"/>.</summary>
public sealed record GetBattle : IQuery;

/// <summary>Asks for an entry; answered with <see cref="EntryView"/>.</summary>
public sealed record GetEntry(Guid EntryId) : IQuery;

/// <summary>Asks for the present tally; answered with <see cref="Tally"/>.</summary>
public sealed record GetTally : IQuery;

/// <summary>Asks for the results; answered with <see cref="BattleResults"/>, or <c>not_found</c> before completion.</summary>
public sealed record GetResults : IQuery;

/// <summary>A battle as clients see it. <c>voteCount</c> and <c>participantCount</c> lag behind votes by a fraction of a second while voting is on.</summary>
/// <param name="ParticipantCount">People who entered or voted, each once.</param>
/// <param name="Version">Rises with every change of the battle or its entries, not with votes and views.</param>
public sealed record BattleView(
    Guid Id,
    string Title,
    string Description,
    BattleType Type,
    BattleStatus Status,
    string CreatorId,
    BattleRules Rules,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    DateTimeOffset VotingEndTime,
    int EntryCount,
    long VoteCount,
    long ParticipantCount,
    long CommentCount,
    long Version,
    DateTimeOffset CreatedAt) : IReply;

/// <summary>An entry as clients see it. <c>rank</c> is null before the results and for a rejected entry.</summary>
public sealed record EntryView(
    Guid Id,
    Guid BattleId,
    string UserId,
    EntryContent Content,
    EntryModeration Moderation,
    EntryMetrics Metrics,
    int? Rank,
    DateTimeOffset SubmissionTime) : IReply;

/// <summary>A moderator's judgement.</summary>
public sealed record EntryModeration(ModerationStatus Status, string? Reason = null);

/// <summary>Counts of an entry.</summary>
public sealed record EntryMetrics(long ViewCount, long VoteCount, long CommentCount, long ShareCount);

/// <summary>The votes so far. Entries that nobody voted for are listed with zeros.</summary>
public sealed record Tally(Guid BattleId, long VoteCount, IReadOnlyList<EntryTally> Entries) : IReply;

/// <summary>The votes of one entry.</summary>
/// <param name="Total">Sum of value × weight.</param>
/// <param name="Voters">Number of voters.</param>
public readonly record struct EntryTally(Guid EntryId, long Total, long Voters);

/// <summary>The final order. Ranks are 1, 2, 3… without gaps.</summary>
public sealed record BattleResults(Guid BattleId, DateTimeOffset ComputedAt, IReadOnlyList<RankedEntry> Entries) : IReply;

/// <summary>One line of the results.</summary>
public sealed record RankedEntry(int Rank, Guid EntryId, string UserId, long Total, long Voters);
