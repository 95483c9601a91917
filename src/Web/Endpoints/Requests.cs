using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Endpoints;

/// <summary>A range of lengths or of vote values; both ends belong to it.</summary>
public sealed record BoundsRequest(
    [property: Required] int? Min,
    [property: Required] int? Max);

/// <summary>What a battle demands of entries and votes; what is left out has its default.</summary>
public sealed record RulesRequest(
    [property: Description("The content types an entry may have; default all.")] IReadOnlyList<ContentType>? AllowedTypes,
    [property: Description("The length of an entry's text in Unicode scalar values; default 1–5,000.")] BoundsRequest? TextLimits,
    [property: Description("The most entries taken; no limit by default.")] int? MaxEntries,
    [property: Description("Whether people may vote for their own entry; default false.")] bool? AllowSelfVote,
    [property: Description("The values a vote may have; default 1–1.")] BoundsRequest? VoteScale,
    [property: Description("How much a vote weighs; default equal. holderTier: 1, 2, 3, 5 or 8 by the voter's tier; quadratic: the whole root of the whole tokens held, at least 1; both by what was held when voting began.")] VoteWeighting? Weighting);

/// <summary>Opens a battle.</summary>
public sealed record CreateBattleRequest(
    [property: Required, Description("3 to 120 characters.")] string? Title,
    [property: Required, Description("1 to 2,000 characters.")] string? Description,
    [property: Required] BattleType? Type,
    [property: Required, Description("When entries are taken from.")] DateTimeOffset? StartTime,
    [property: Required, Description("When entries end and votes begin; in the future.")] DateTimeOffset? EndTime,
    [property: Description("When votes end; 24 h after endTime by default.")] DateTimeOffset? VotingEndTime,
    RulesRequest? Rules);

/// <summary>Edits an upcoming battle; what is left out stays as it is. <c>rules</c> are replaced as a whole.</summary>
public sealed record EditBattleRequest(
    string? Title,
    string? Description,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    DateTimeOffset? VotingEndTime,
    RulesRequest? Rules);

/// <summary>Moves a battle by hand.</summary>
public sealed record MoveBattleRequest([property: Required] BattleStatus? Status);

/// <summary>Enters a battle.</summary>
public sealed record SubmitEntryRequest([property: Required] ContentRequest? Content);

/// <summary>What is entered.</summary>
public sealed record ContentRequest(
    [property: Required] ContentType? Type,
    [property: Description("The words; with the types text and mixed.")] string? Text,
    [property: Description("The upload; with all types but text.")] string? MediaKey);

/// <summary>Casts a vote.</summary>
public sealed record VoteRequest(
    [property: Required] Guid? EntryId,
    [property: Description("Within the battle's vote scale; default 1 where the scale has it, else its maximum.")] int? Value);

/// <summary>What a moderator does with an item.</summary>
[JsonConverter(typeof(WireEnumConverter<ModerationAction>))]
public enum ModerationAction
{
    /// <summary>It is fine.</summary>
    Approve,

    /// <summary>It is out; a reason goes with it.</summary>
    Reject,
}

/// <summary>Judges an item.</summary>
public sealed record ModerateRequest(
    [property: Required] ModerationAction? Action,
    [property: Description("Needed for a rejection.")] string? Reason);

/// <summary>Asks for a development token.</summary>
public sealed record DevelopmentTokenRequest(
    [property: Required, Description("1 to 200 characters.")] string? UserId,
    [property: Description("user by default.")] Role? Role);
