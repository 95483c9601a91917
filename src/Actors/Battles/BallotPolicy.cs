using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Battles;

/// <summary>What the ballot boxes must hear of a battle: a rejected entry takes no more votes; a battle with its results needs its sheets no more.</summary>
/// <param name="boxes">The number of ballot boxes of the deployment.</param>
public sealed class BallotPolicy(int boxes) : Policy
{
    /// <inheritdoc />
    public override string Name => "ballots";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Battle];

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event switch
    {
        EntryModerated { Status: ModerationStatus.Rejected } judged => ToEveryBox(new StrikeEntry(judged.BattleId, judged.EntryId)),
        BattleCompleted completed => ToEveryBox(new DiscardSheet(completed.BattleId)),
        _ => [],
    };

    private IEnumerable<PolicyCommand> ToEveryBox(IBallotBoxCommand command) =>
        Enumerable.Range(0, boxes).Select(box => new PolicyCommand(BallotBoxes.AddressOf(box), command));
}
