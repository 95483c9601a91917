using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Users;

/// <summary>Voting is a deed. There are far more votes than users could be told of at once, so this takes its time and tells a voter of several at a time.</summary>
/// <param name="brisk">See <see cref="Brisk"/>.</param>
public sealed class VoteDeedsPolicy(TimeSpan brisk) : Policy
{
    /// <inheritdoc />
    public override string Name => "vote-deeds";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Regions { get; } = [Names.Regions.BallotBox];

    /// <inheritdoc />
    public override TimeSpan? Brisk => brisk;

    /// <summary>A voter votes once for an entry, so the entry makes it one deed.</summary>
    public override IEnumerable<PolicyCommand> React(JournalEvent happened) => happened.Event is VoteCast vote
        ? [new PolicyCommand(UserRegions.OfUser(vote.VoterId), RecordDeeds.Of(new Deed(DeedKind.VoteCast, vote.EntryId.ToString("D"), vote.At)))]
        : [];

    /// <inheritdoc />
    public override ICommand? Fold(IReadOnlyList<ICommand> commands) => new RecordDeeds([.. commands.Cast<RecordDeeds>().SelectMany(command => command.Deeds)]);
}
