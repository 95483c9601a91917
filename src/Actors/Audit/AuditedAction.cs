using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>What came of an action.</summary>
[JsonConverter(typeof(WireEnumConverter<AuditResult>))]
public enum AuditResult
{
    /// <summary>It is about to be done; another entry with the same request id says what came of it. Without one, nobody knows.</summary>
    Intended,

    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>The rules refused it, so nothing was done.</summary>
    Refused,

    /// <summary>It got no answer: it may or may not have been done.</summary>
    Unknown,
}

/// <summary>Who did what to what, from where and when.</summary>
/// <param name="Id">The entry's own id; a repeat with the same is recorded once.</param>
/// <param name="At">When it was done, by the clock of the node that was asked.</param>
/// <param name="Actor">The user; null for somebody who is not signed in.</param>
/// <param name="Role">The role in which it was done; null for somebody who is not signed in.</param>
/// <param name="Action">Such as <c>entry.reject</c>.</param>
/// <param name="TargetType">Such as <c>entry</c>; null where there is no target.</param>
/// <param name="TargetId">Which one; null where there is no target.</param>
/// <param name="Address">The address of the client.</param>
/// <param name="RequestId">The request that asked for it.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Details">Whatever else is worth knowing, by name.</param>
public sealed record AuditedAction(
    Guid Id,
    DateTimeOffset At,
    string? Actor,
    Role? Role,
    string Action,
    string? TargetType,
    string? TargetId,
    string? Address,
    string? RequestId,
    AuditResult Result,
    IReadOnlyDictionary<string, string> Details);
