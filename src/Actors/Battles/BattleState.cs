using System.Collections.Immutable;

namespace WildNOut.Actors.Battles;

/// <summary>An entry within its battle.</summary>
public sealed record BattleEntry(
    Guid Id,
    string UserId,
    EntryContent Content,
    DateTimeOffset SubmittedAt,
    ModerationStatus Moderation = ModerationStatus.Pending,
    string? Reason = null,
    long Views = 0);

/// <summary>A battle as its events made it. A battle that was never created has no <see cref="CreatorId"/>.</summary>
public sealed record BattleState(Guid Id, int Boxes)
{
    /// <summary>Who opened it; null before it exists.</summary>
    public string? CreatorId { get; init; }

    /// <summary>3–120 characters.</summary>
    public string Title { get; init; } = "";

    /// <summary>1–2,000 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its kind.</summary>
    public BattleType Type { get; init; }

    /// <summary>Where it stands.</summary>
    public BattleStatus Status { get; init; }

    /// <summary>When it starts to take entries.</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>When it stops taking entries and starts taking votes.</summary>
    public DateTimeOffset EndTime { get; init; }

    /// <summary>When it stops taking votes.</summary>
    public DateTimeOffset VotingEndTime { get; init; }

    /// <summary>When voting began; null before.</summary>
    public DateTimeOffset? VotingOpenedAt { get; init; }

    /// <summary>What it demands.</summary>
    public BattleRules Rules { get; init; } = BattleRules.Default;

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Rises with every change but votes and views.</summary>
    public long Version { get; init; }

    /// <summary>Whether voting is over and the boxes are being counted.</summary>
    public bool Counting { get; init; }

    /// <summary>The entries by id.</summary>
    public ImmutableDictionary<Guid, BattleEntry> Entries { get; init; } = ImmutableDictionary<Guid, BattleEntry>.Empty;

    /// <summary>The entry of each user who entered.</summary>
    public ImmutableDictionary<string, Guid> EntryOfUser { get; init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.Ordinal);

    /// <summary>The final counts that came in so far, by box.</summary>
    public ImmutableSortedDictionary<int, BallotCount> Counted { get; init; } = ImmutableSortedDictionary<int, BallotCount>.Empty;

    /// <summary>The final order, once there is one.</summary>
    public BattleResults? Results { get; init; }

    /// <summary>What the boxes last reported. Kept in memory only.</summary>
    internal LiveCounts Live { get; init; } = new();

    /// <summary>Whether the battle was created.</summary>
    public bool Exists => CreatorId is not null;

    /// <summary>Whether it can change no more.</summary>
    public bool IsFinal => Status is BattleStatus.Completed or BattleStatus.Cancelled;

    /// <summary>The state after an event.</summary>
    public BattleState Evolve(IBattleEvent @event) => @event switch
    {
        BattleCreated e => this with
        {
            CreatorId = e.CreatorId,
            Title = e.Title,
            Description = e.Description,
            Type = e.Type,
            Status = e.Status,
            StartTime = e.StartTime,
            EndTime = e.EndTime,
            VotingEndTime = e.VotingEndTime,
            Rules = e.Rules,
            CreatedAt = e.At,
            Version = 1,
        },
        BattleUpdated e => Next() with
        {
            Title = e.Title,
            Description = e.Description,
            StartTime = e.StartTime,
            EndTime = e.EndTime,
            VotingEndTime = e.VotingEndTime,
            Rules = e.Rules,
        },
        BattleActivated => Next() with { Status = BattleStatus.Active },
        BattleVotingStarted e => Next() with { Status = BattleStatus.Voting, VotingOpenedAt = e.At },
        BattleVotingClosed => this with { Counting = true },
        BallotCounted e => this with { Counted = Counted.SetItem(e.Count.Box, e.Count) },
        BattleCompleted e => Next() with { Status = BattleStatus.Completed, Counting = false, Results = e.Results },
        BattleCancelled => Next() with { Status = BattleStatus.Cancelled },
        EntrySubmitted e => Next() with
        {
            Entries = Entries.Add(e.EntryId, new BattleEntry(e.EntryId, e.UserId, e.Content, e.At)),
            EntryOfUser = EntryOfUser.Add(e.UserId, e.EntryId),
        },
        EntryModerated e => Next().With(Entries[e.EntryId] with { Moderation = e.Status, Reason = e.Reason }),
        EntryViewed e => With(Entries[e.EntryId] with { Views = Entries[e.EntryId].Views + 1 }),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "A battle does not know this event."),
    };

    /// <summary>The newest count of a box: final where there is one, else what it last reported; null when it said nothing yet.</summary>
    internal BallotCount? CountOf(int box) => Counted.GetValueOrDefault(box) ?? Live.Of(box);

    private BattleState Next() => this with { Version = Version + 1 };

    private BattleState With(BattleEntry entry) => this with { Entries = Entries.SetItem(entry.Id, entry) };
}
