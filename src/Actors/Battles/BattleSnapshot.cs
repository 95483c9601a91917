using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>A battle in a snapshot.</summary>
public sealed record BattleSnapshot(
    string? CreatorId,
    string Title,
    string Description,
    BattleType Type,
    BattleStatus Status,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    DateTimeOffset VotingEndTime,
    BattleRules Rules,
    DateTimeOffset CreatedAt,
    long Version,
    bool Counting,
    IReadOnlyList<BattleEntry> Entries,
    IReadOnlyList<BallotCount> Counted,
    BattleResults? Results,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? VotingOpenedAt = null) : ISnapshot
{
    /// <summary>The snapshot of a state.</summary>
    public static BattleSnapshot Of(BattleState state) => new(
        state.CreatorId,
        state.Title,
        state.Description,
        state.Type,
        state.Status,
        state.StartTime,
        state.EndTime,
        state.VotingEndTime,
        state.Rules,
        state.CreatedAt,
        state.Version,
        state.Counting,
        [.. BattleViews.InOrder(state)],
        [.. state.Counted.Values],
        state.Results,
        state.VotingOpenedAt);

    /// <summary>The state of this snapshot.</summary>
    public BattleState ToState(BattleState empty) => empty with
    {
        CreatorId = CreatorId,
        Title = Title,
        Description = Description,
        Type = Type,
        Status = Status,
        StartTime = StartTime,
        EndTime = EndTime,
        VotingEndTime = VotingEndTime,
        Rules = Rules,
        CreatedAt = CreatedAt,
        Version = Version,
        Counting = Counting,
        Entries = Entries.ToImmutableDictionary(entry => entry.Id),
        EntryOfUser = Entries.ToImmutableDictionary(entry => entry.UserId, entry => entry.Id, StringComparer.Ordinal),
        Counted = Counted.ToImmutableSortedDictionary(count => count.Box, count => count),
        Results = Results,
        VotingOpenedAt = VotingOpenedAt,
    };
}
