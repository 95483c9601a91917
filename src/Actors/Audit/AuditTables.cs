using System.Text.Json;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>An entry of the audit log in the read model. Instants are unix milliseconds.</summary>
[Table("audit_log")]
public sealed record AuditRow
{
    /// <summary>From 1, without gaps.</summary>
    [Column("number"), PrimaryKey]
    public long Number { get; init; }

    /// <summary>The entry's own id.</summary>
    [Column("id")]
    public Guid Id { get; init; }

    /// <summary>When it was recorded.</summary>
    [Column("recorded_at")]
    public long RecordedAt { get; init; }

    /// <summary>When it was done.</summary>
    [Column("at")]
    public long At { get; init; }

    /// <summary>The user.</summary>
    [Column("actor")]
    public string? Actor { get; init; }

    /// <summary>The wire name of the role.</summary>
    [Column("role")]
    public string? Role { get; init; }

    /// <summary>What was done.</summary>
    [Column("action")]
    public string Action { get; init; } = "";

    /// <summary>To what kind of thing.</summary>
    [Column("target_type")]
    public string? TargetType { get; init; }

    /// <summary>To which one.</summary>
    [Column("target_id")]
    public string? TargetId { get; init; }

    /// <summary>The address of the client.</summary>
    [Column("address")]
    public string? Address { get; init; }

    /// <summary>The request.</summary>
    [Column("request_id")]
    public string? RequestId { get; init; }

    /// <summary>The wire name of the result.</summary>
    [Column("result")]
    public string Result { get; init; } = "";

    /// <summary>The details as JSON.</summary>
    [Column("details")]
    public string Details { get; init; } = "";

    /// <summary>The hash of the entry in front.</summary>
    [Column("previous_hash")]
    public string PreviousHash { get; init; } = "";

    /// <summary>The entry's hash.</summary>
    [Column("hash")]
    public string Hash { get; init; } = "";

    /// <summary>The row of an event.</summary>
    public static AuditRow Of(ActionRecorded entry) => new()
    {
        Number = entry.Number,
        Id = entry.Action.Id,
        RecordedAt = entry.RecordedAt.ToUnixTimeMilliseconds(),
        At = entry.Action.At.ToUnixTimeMilliseconds(),
        Actor = entry.Action.Actor,
        Role = entry.Action.Role is { } role ? WireEnum<Role>.Name(role) : null,
        Action = entry.Action.Action,
        TargetType = entry.Action.TargetType,
        TargetId = entry.Action.TargetId,
        Address = entry.Action.Address,
        RequestId = entry.Action.RequestId,
        Result = WireEnum<AuditResult>.Name(entry.Action.Result),
        Details = JsonSerializer.Serialize(entry.Action.Details, AuditJson.Default.IReadOnlyDictionaryStringString),
        PreviousHash = entry.PreviousHash,
        Hash = entry.Hash,
    };

    /// <summary>The entry as admins see it.</summary>
    public AuditEntryView View() => new(
        Number,
        Id,
        DateTimeOffset.FromUnixTimeMilliseconds(At),
        DateTimeOffset.FromUnixTimeMilliseconds(RecordedAt),
        Actor,
        Role,
        Action,
        TargetType,
        TargetId,
        Address,
        RequestId,
        Result,
        JsonSerializer.Deserialize(Details, AuditJson.Default.IReadOnlyDictionaryStringString)!,
        PreviousHash,
        Hash);
}

/// <summary>An entry of the audit log as admins see it, with all that its hash is made of.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Id">The entry's own id.</param>
/// <param name="At">When it was done.</param>
/// <param name="RecordedAt">When it was recorded; never before the entry in front.</param>
/// <param name="Actor">The user; null for somebody who is not signed in.</param>
/// <param name="Role">The role in which it was done.</param>
/// <param name="Action">Such as <c>entry.reject</c>.</param>
/// <param name="TargetType">Such as <c>entry</c>.</param>
/// <param name="TargetId">Which one.</param>
/// <param name="Address">The address of the client.</param>
/// <param name="RequestId">The request that asked for it.</param>
/// <param name="Result"><c>intended</c>, <c>succeeded</c>, <c>refused</c> or <c>unknown</c>.</param>
/// <param name="Details">Whatever else is worth knowing, by name.</param>
/// <param name="PreviousHash">The hash of the entry in front; zeros for the first.</param>
/// <param name="Hash">The entry's hash; 64 hexadecimal digits.</param>
public sealed record AuditEntryView(
    long Number,
    Guid Id,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    string? Actor,
    string? Role,
    string Action,
    string? TargetType,
    string? TargetId,
    string? Address,
    string? RequestId,
    string Result,
    IReadOnlyDictionary<string, string> Details,
    string PreviousHash,
    string Hash);
