using LinqToDB.Mapping;

namespace WildNOut.Actors.Battles;

/// <summary>A battle in the read model. Instants are unix milliseconds.</summary>
[Table("battles")]
public sealed record BattleRow
{
    /// <summary>The battle.</summary>
    [Column("id"), PrimaryKey]
    public Guid Id { get; init; }

    /// <summary>Its title.</summary>
    [Column("title")]
    public string Title { get; init; } = "";

    /// <summary>Its description.</summary>
    [Column("description")]
    public string Description { get; init; } = "";

    /// <summary>The wire name of its <see cref="BattleType"/>.</summary>
    [Column("type")]
    public string Type { get; init; } = "";

    /// <summary>The wire name of its <see cref="BattleStatus"/>.</summary>
    [Column("status")]
    public string Status { get; init; } = "";

    /// <summary>Who opened it.</summary>
    [Column("creator_id")]
    public string CreatorId { get; init; } = "";

    /// <summary>Its rules as JSON; null for the default ones.</summary>
    [Column("rules")]
    public string? Rules { get; init; }

    /// <summary>When it starts.</summary>
    [Column("start_time")]
    public long StartTime { get; init; }

    /// <summary>When it stops taking entries.</summary>
    [Column("end_time")]
    public long EndTime { get; init; }

    /// <summary>When it stops taking votes.</summary>
    [Column("voting_end_time")]
    public long VotingEndTime { get; init; }

    /// <summary>How many entered.</summary>
    [Column("entry_count")]
    public int EntryCount { get; init; }

    /// <summary>As in <see cref="BattleView.Version"/>.</summary>
    [Column("version")]
    public long Version { get; init; }

    /// <summary>When it was opened.</summary>
    [Column("created_at")]
    public long CreatedAt { get; init; }

    /// <summary>When its results were taken; null before.</summary>
    [Column("computed_at")]
    public long? ComputedAt { get; init; }

    /// <summary>When the clock must wake it next; null for a final one.</summary>
    [Column("next_due_at")]
    public long? NextDueAt { get; init; }
}

/// <summary>The counts of a battle that change with every vote, apart from the rest, whose many indexes a changed row would write anew.</summary>
[Table("battle_counts")]
public sealed record BattleCountsRow
{
    /// <summary>The battle.</summary>
    [Column("battle_id"), PrimaryKey]
    public Guid BattleId { get; init; }

    /// <summary>How many votes it has.</summary>
    [Column("vote_count")]
    public long VoteCount { get; init; }

    /// <summary>Voters who did not enter.</summary>
    [Column("newcomers")]
    public long Newcomers { get; init; }
}

/// <summary>A battle and its counts, as lists read them.</summary>
public sealed record BattleListRow
{
    /// <summary>The battle.</summary>
    public required BattleRow Battle { get; init; }

    /// <summary>Its counts.</summary>
    public required BattleCountsRow Counts { get; init; }
}

/// <summary>An entry in the read model.</summary>
[Table("entries")]
public sealed record EntryRow
{
    /// <summary>The entry.</summary>
    [Column("id"), PrimaryKey]
    public Guid Id { get; init; }

    /// <summary>Its battle.</summary>
    [Column("battle_id")]
    public Guid BattleId { get; init; }

    /// <summary>Who entered.</summary>
    [Column("user_id")]
    public string UserId { get; init; } = "";

    /// <summary>The wire name of its <see cref="Battles.ContentType"/>.</summary>
    [Column("content_type")]
    public string ContentType { get; init; } = "";

    /// <summary>The words.</summary>
    [Column("text")]
    public string? Text { get; init; }

    /// <summary>The upload.</summary>
    [Column("media_key")]
    public string? MediaKey { get; init; }

    /// <summary>The wire name of its <see cref="ModerationStatus"/>.</summary>
    [Column("moderation")]
    public string Moderation { get; init; } = "";

    /// <summary>Why it was judged so.</summary>
    [Column("reason")]
    public string? Reason { get; init; }

    /// <summary>How often it was looked at.</summary>
    [Column("view_count")]
    public long ViewCount { get; init; }

    /// <summary>How many voted for it.</summary>
    [Column("vote_count")]
    public long VoteCount { get; init; }

    /// <summary>Sum of value × weight.</summary>
    [Column("vote_total")]
    public long VoteTotal { get; init; }

    /// <summary>Its place in the results.</summary>
    [Column("rank")]
    public int? Rank { get; init; }

    /// <summary>When it came in.</summary>
    [Column("submitted_at")]
    public long SubmittedAt { get; init; }
}

/// <summary>A vote in the read model.</summary>
[Table("votes")]
public sealed record VoteRow
{
    /// <summary>The battle.</summary>
    [Column("battle_id")]
    public Guid BattleId { get; init; }

    /// <summary>Who voted.</summary>
    [Column("voter_id")]
    public string VoterId { get; init; } = "";

    /// <summary>For what.</summary>
    [Column("entry_id")]
    public Guid EntryId { get; init; }

    /// <summary>How much.</summary>
    [Column("value")]
    public int Value { get; init; }

    /// <summary>What the vote weighs.</summary>
    [Column("weight")]
    public long Weight { get; init; }

    /// <summary>When.</summary>
    [Column("cast_at")]
    public long CastAt { get; init; }
}
