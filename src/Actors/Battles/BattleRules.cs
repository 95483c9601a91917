using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>The kind of a battle.</summary>
[JsonConverter(typeof(WireEnumConverter<BattleType>))]
public enum BattleType
{
    /// <summary>Freestyle.</summary>
    WildStyle,

    /// <summary>Pick up and kill it.</summary>
    PickUpKillIt,

    /// <summary>R&amp;B against beef.</summary>
    RAndBeef,

    /// <summary>A bracket of rounds.</summary>
    Tournament,
}

/// <summary>Where a battle stands: upcoming → active → voting → completed, or cancelled from the first two.</summary>
[JsonConverter(typeof(WireEnumConverter<BattleStatus>))]
public enum BattleStatus
{
    /// <summary>Before its start; it may be edited.</summary>
    Upcoming,

    /// <summary>Takes entries.</summary>
    Active,

    /// <summary>Takes votes, or counts them.</summary>
    Voting,

    /// <summary>Has its results. Final.</summary>
    Completed,

    /// <summary>Called off. Final.</summary>
    Cancelled,
}

/// <summary>The kind of an entry's content.</summary>
[JsonConverter(typeof(WireEnumConverter<ContentType>))]
public enum ContentType
{
    /// <summary>Words only.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>A recording.</summary>
    Audio,

    /// <summary>A film.</summary>
    Video,

    /// <summary>Words and a medium.</summary>
    Mixed,
}

/// <summary>How much a vote weighs.</summary>
[JsonConverter(typeof(WireEnumConverter<VoteWeighting>))]
public enum VoteWeighting
{
    /// <summary>Every vote weighs 1.</summary>
    Equal,

    /// <summary>1, 2, 3, 5 or 8 by the voter's holder tier.</summary>
    HolderTier,

    /// <summary>The whole root of the whole tokens held, at least 1.</summary>
    Quadratic,
}

/// <summary>An inclusive range of lengths in Unicode scalar values, or of vote values.</summary>
public sealed record Bounds(int Min, int Max)
{
    /// <summary>Whether a number lies in the range.</summary>
    public bool Contains(int value) => value >= Min && value <= Max;
}

/// <summary>What a battle demands of entries and votes.</summary>
public sealed record BattleRules
{
    /// <summary>The default rules.</summary>
    public static readonly BattleRules Default = new();

    /// <summary>Default rules.</summary>
    public BattleRules()
    {
    }

    /// <summary>Rules out of JSON: a member that is missing has its default. (Source-generated JSON would leave init-only members null.)</summary>
    [JsonConstructor]
    internal BattleRules(
        IReadOnlyList<ContentType>? allowedTypes, Bounds? textLimits, int? maxEntries, bool allowSelfVote, Bounds? voteScale, VoteWeighting weighting)
    {
        AllowedTypes = allowedTypes ?? AllowedTypes;
        TextLimits = textLimits ?? TextLimits;
        MaxEntries = maxEntries;
        AllowSelfVote = allowSelfVote;
        VoteScale = voteScale ?? VoteScale;
        Weighting = weighting;
    }

    /// <summary>The content types an entry may have; default all.</summary>
    public IReadOnlyList<ContentType> AllowedTypes { get; init; } = Enum.GetValues<ContentType>();

    /// <summary>The length of an entry's text in Unicode scalar values; default 1–5,000.</summary>
    public Bounds TextLimits { get; init; } = new(1, 5_000);

    /// <summary>The most entries taken; null for no limit.</summary>
    public int? MaxEntries { get; init; }

    /// <summary>Whether people may vote for their own entry; default false.</summary>
    public bool AllowSelfVote { get; init; }

    /// <summary>The values a vote may have; default 1–1, so a vote is +1.</summary>
    public Bounds VoteScale { get; init; } = new(1, 1);

    /// <summary>How much a vote weighs; default equal.</summary>
    public VoteWeighting Weighting { get; init; }
}
