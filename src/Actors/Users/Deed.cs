using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>What a user did, or what was done to what is theirs.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Source">
/// What makes it one deed among all of its kind and user, whatever is repeated: the id of the entry, the battle, the entry voted for, the content, the comment,
/// the target and the reacting user, the follower. For <see cref="DeedKind.TokensHeld"/> and <see cref="DeedKind.DaySeen"/> nothing is remembered by it.
/// </param>
/// <param name="At">When it happened.</param>
/// <param name="Rank">For <see cref="DeedKind.BattleCompleted"/>: the entry's rank, from 1; null where it has none. Else null.</param>
/// <param name="Tokens">For <see cref="DeedKind.TokensHeld"/>: the whole tokens verified. Else null.</param>
public sealed record Deed(
    DeedKind Kind,
    string Source,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Rank = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Tokens = null);

/// <summary>Kinds of deeds. A name is part of causes in journals: never change one.</summary>
[JsonConverter(typeof(WireEnumConverter<DeedKind>))]
public enum DeedKind
{
    /// <summary>Entered a battle.</summary>
    EntrySubmitted,

    /// <summary>A battle that the user entered has its result.</summary>
    BattleCompleted,

    /// <summary>Voted.</summary>
    VoteCast,

    /// <summary>Published something.</summary>
    ContentPublished,

    /// <summary>Wrote a comment.</summary>
    CommentCreated,

    /// <summary>Somebody reacted to something of the user's.</summary>
    ReactionReceived,

    /// <summary>Somebody follows the user.</summary>
    FollowerGained,

    /// <summary>Holdings were verified; absolute, and the most counts.</summary>
    TokensHeld,

    /// <summary>Was here on a day (UTC).</summary>
    DaySeen,
}
