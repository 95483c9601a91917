using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Notifications;

/// <summary>Those who entered a battle hear how it ended, and whoever's entry was judged hears so.</summary>
public sealed class BattleNotificationsPolicy : Policy
{
    /// <inheritdoc />
    public override string Name => "battle-notifications";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Battle];

    /// <summary>A battle of many thousands takes its time, has a worker of its own and leaves the journal to others.</summary>
    public override TimeSpan? Brisk => DutyCycle.Brisk;

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event switch
    {
        BattleCompleted completed => completed.Results.Entries.Select(ranked => Completed(completed, ranked)),
        EntryModerated { UserId: { } owner } judged => [new PolicyCommand(Inboxes.Of(owner), Judged(judged))],
        _ => [],
    };

    private static PolicyCommand Completed(BattleCompleted completed, RankedEntry ranked)
    {
        var of = completed.Results.Entries.Count;
        return new PolicyCommand(Inboxes.Of(ranked.UserId), new Notify(
            NotificationKind.BattleCompleted,
            FormattableString.Invariant($"battle.completed:{completed.BattleId:D}"),
            FormattableString.Invariant($"Your battle has its results: you are number {ranked.Rank} of {of}."),
            new NotificationData { BattleId = completed.BattleId, EntryId = ranked.EntryId, Rank = ranked.Rank, Of = of },
            completed.At));
    }

    private static Notify Judged(EntryModerated judged) => new(
        NotificationKind.EntryModerated,
        FormattableString.Invariant($"battle.entry-moderated:{judged.EntryId:D}"),
        judged.Status == ModerationStatus.Rejected ? "A moderator rejected your entry." : "A moderator approved your entry.",
        new NotificationData { BattleId = judged.BattleId, EntryId = judged.EntryId, Status = WireEnum<ModerationStatus>.Name(judged.Status), Reason = judged.Reason },
        judged.At);
}
