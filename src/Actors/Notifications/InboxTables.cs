using LinqToDB.Mapping;

namespace WildNOut.Actors.Notifications;

/// <summary>A notification in the read model. Instants are unix milliseconds.</summary>
[Table("notifications")]
public sealed record NotificationRow
{
    /// <summary>The notification.</summary>
    [Column("id"), PrimaryKey]
    public Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    [Column("user_id")]
    public string UserId { get; init; } = "";

    /// <summary>The wire name of its kind.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>One sentence.</summary>
    [Column("title")]
    public string Title { get; init; } = "";

    /// <summary>The same for programs, as JSON.</summary>
    [Column("data")]
    public string Data { get; init; } = "";

    /// <summary>When it happened.</summary>
    [Column("created_at")]
    public long CreatedAt { get; init; }

    /// <summary>When it was read; null while it is unread.</summary>
    [Column("read_at")]
    public long? ReadAt { get; init; }
}
