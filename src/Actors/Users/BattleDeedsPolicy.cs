using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Users;

/// <summary>Entering a battle is a deed, and so is its completion for everybody who is ranked in it.</summary>
/// <param name="brisk">See <see cref="Brisk"/>: a battle of many thousands must not crowd out everything else.</param>
public sealed class BattleDeedsPolicy(TimeSpan brisk) : Policy
{
    /// <inheritdoc />
    public override string Name => "battle-deeds";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.Battle];

    /// <inheritdoc />
    public override TimeSpan? Brisk => brisk;

    /// <inheritdoc />
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event switch
    {
        EntrySubmitted entered => [Of(entered.UserId, new Deed(DeedKind.EntrySubmitted, entered.EntryId.ToString("D"), entered.At))],
        BattleCompleted completed => completed.Results.Entries.Select(entry =>
            Of(entry.UserId, new Deed(DeedKind.BattleCompleted, completed.BattleId.ToString("D"), completed.At, entry.Rank))),
        _ => [],
    };

    private static PolicyCommand Of(string userId, Deed deed) => new(UserRegions.OfUser(userId), RecordDeeds.Of(deed));
}
