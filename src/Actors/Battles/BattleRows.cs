using System.Text.Json;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>Between rows of the read model, events, and what clients see.</summary>
internal static class BattleRows
{
    private static readonly string DefaultRules = JsonSerializer.Serialize(BattleRules.Default, BattlesJson.Default.BattleRules);

    /// <summary>A battle's row after an event. The version rises as in the entity.</summary>
    public static BattleRow After(BattleRow row, IBattleEvent @event) => @event switch
    {
        BattleUpdated e => Due(Next(row) with
        {
            Title = e.Title,
            Description = e.Description,
            StartTime = e.StartTime.ToUnixTimeMilliseconds(),
            EndTime = e.EndTime.ToUnixTimeMilliseconds(),
            VotingEndTime = e.VotingEndTime.ToUnixTimeMilliseconds(),
            Rules = Write(e.Rules),
        }),
        BattleActivated => Moved(row, BattleStatus.Active),
        BattleVotingStarted => Moved(row, BattleStatus.Voting),
        BattleVotingClosed e => row with { NextDueAt = e.At.ToUnixTimeMilliseconds() },
        BattleCompleted e => Moved(row, BattleStatus.Completed) with { ComputedAt = e.Results.ComputedAt.ToUnixTimeMilliseconds() },
        BattleCancelled => Moved(row, BattleStatus.Cancelled),
        EntrySubmitted => Next(row) with { EntryCount = row.EntryCount + 1 },
        EntryModerated => Next(row),
        _ => row,
    };

    /// <summary>
    /// The row with the instant at which the clock must wake the battle next. A battle that counts stays due until it has its results, so that one
    /// whose node was lost in the middle is woken.
    /// </summary>
    public static BattleRow Due(BattleRow row) => row with
    {
        NextDueAt = Status(row) switch
        {
            BattleStatus.Upcoming => row.StartTime,
            BattleStatus.Active => row.EndTime,
            BattleStatus.Voting => row.VotingEndTime,
            _ => null,
        },
    };

    /// <summary>The rules as the table keeps them: nothing where they are the default.</summary>
    public static string? Write(BattleRules rules)
    {
        var json = JsonSerializer.Serialize(rules, BattlesJson.Default.BattleRules);
        return json == DefaultRules ? null : json;
    }

    /// <summary>As clients see it.</summary>
    public static BattleView View(BattleListRow row) => View(row.Battle, row.Counts);

    private static BattleView View(BattleRow battle, BattleCountsRow counts) => new(
        battle.Id,
        battle.Title,
        battle.Description,
        Parse<BattleType>(battle.Type),
        Status(battle),
        battle.CreatorId,
        battle.Rules is null ? BattleRules.Default : JsonSerializer.Deserialize(battle.Rules, BattlesJson.Default.BattleRules)!,
        Instant(battle.StartTime),
        Instant(battle.EndTime),
        Instant(battle.VotingEndTime),
        battle.EntryCount,
        counts.VoteCount,
        battle.EntryCount + counts.Newcomers,
        0,
        battle.Version,
        Instant(battle.CreatedAt));

    /// <summary>As clients see it.</summary>
    public static EntryView View(EntryRow row) => new(
        row.Id,
        row.BattleId,
        row.UserId,
        new EntryContent(Parse<ContentType>(row.ContentType), row.Text, row.MediaKey),
        new EntryModeration(Parse<ModerationStatus>(row.Moderation), row.Reason),
        new EntryMetrics(row.ViewCount, row.VoteCount, 0, 0),
        row.Rank,
        Instant(row.SubmittedAt));

    /// <summary>As its caster sees it.</summary>
    public static VoteReceipt View(VoteRow row) => new(row.BattleId, row.EntryId, row.Value, row.Weight, Instant(row.CastAt));

    private static BattleRow Next(BattleRow row) => row with { Version = row.Version + 1 };

    private static BattleRow Moved(BattleRow row, BattleStatus to) => Due(Next(row) with { Status = WireEnum<BattleStatus>.Name(to) });

    private static BattleStatus Status(BattleRow row) => Parse<BattleStatus>(row.Status);

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static T Parse<T>(string name)
        where T : struct, Enum => WireEnum<T>.TryParse(name, out var value) ? value : throw new FormatException($"'{name}' is no {typeof(T).Name}.");
}
