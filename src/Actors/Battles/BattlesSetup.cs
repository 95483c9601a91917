using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Policies;
using WildNOut.Actors.Engine.Projections;

namespace WildNOut.Actors.Battles;

/// <summary>The capability of battles: creation, entries, votes, results.</summary>
/// <param name="boxes">The number of ballot boxes, a constant of the deployment.</param>
public sealed class BattlesSetup(int boxes) : Capability
{
    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions
    {
        get
        {
            var ballotBox = new BallotBoxDefinition();
            yield return EntityRegion.Of(new BattleDefinition(boxes), TimeSpan.FromMinutes(10));
            yield return new EntityRegion(
                Names.Regions.BallotBox,
                boxes,
                (runtime, id) => EntityActor<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent>.Props(ballotBox, id, runtime),
                OneShardAnEntity: true);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<Projection> Projections => [new BattleProjection()];

    /// <inheritdoc />
    public override IEnumerable<Policy> Policies => [new BallotPolicy(boxes)];

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue)
    {
        var json = BattlesJson.Default;
        catalogue
            .Add("battle.create.v1", json.CreateBattle)
            .Add("battle.edit.v1", json.EditBattle)
            .Add("battle.move.v1", json.MoveBattle)
            .Add("battle.submit-entry.v1", json.SubmitEntry)
            .Add("battle.moderate-entry.v1", json.ModerateEntry)
            .Add("battle.view-entry.v1", json.ViewEntry)
            .Add("battle.request-ballot-paper.v1", json.RequestBallotPaper)
            .Add("battle.count-ballot.v1", json.CountBallot)
            .Add("battle.advance.v1", json.AdvanceBattle)
            .Add("battle.created.v1", json.BattleCreated)
            .Add("battle.updated.v1", json.BattleUpdated)
            .Add("battle.activated.v1", json.BattleActivated)
            .Add("battle.voting-started.v1", json.BattleVotingStarted)
            .Add("battle.voting-closed.v1", json.BattleVotingClosed)
            .Add("battle.ballot-counted.v1", json.BallotCounted)
            .Add("battle.completed.v1", json.BattleCompleted)
            .Add("battle.cancelled.v1", json.BattleCancelled)
            .Add("battle.entry-submitted.v1", json.EntrySubmitted)
            .AddRetired("battle.entry-moderated.v1", json.EntryModeratedV1, old => old.Upcast())
            .Add("battle.entry-moderated.v2", json.EntryModerated)
            .Add("battle.entry-viewed.v1", json.EntryViewed)
            .Add("battle.get.v1", json.GetBattle)
            .Add("battle.get-entry.v1", json.GetEntry)
            .Add("battle.get-tally.v1", json.GetTally)
            .Add("battle.get-results.v1", json.GetResults)
            .Add("battle.view.v1", json.BattleView)
            .Add("battle.entry-view.v1", json.EntryView)
            .Add("battle.tally.v1", json.Tally)
            .Add("battle.results.v1", json.BattleResults)
            .Add("battle.snapshot.v1", json.BattleSnapshot);
        catalogue
            .Add("battle.cast-vote.v1", json.CastVote)
            .Add("battle.open-sheet.v1", json.OpenSheet)
            .Add("battle.strike-entry.v1", json.StrikeEntry)
            .Add("battle.close-ballot.v1", json.CloseBallot)
            .Add("battle.discard-sheet.v1", json.DiscardSheet)
            .Add("battle.request-count.v1", json.RequestCount)
            .Add("battle.watch-ballot.v1", json.WatchBallot)
            .Add("battle.get-votes.v1", json.GetVotes)
            .Add("battle.sheet-opened.v1", json.SheetOpened)
            .Add("battle.vote-cast.v1", json.VoteCast)
            .Add("battle.entry-struck.v1", json.EntryStruck)
            .Add("battle.sheet-closed.v1", json.SheetClosed)
            .Add("battle.sheet-discarded.v1", json.SheetDiscarded)
            .Add("battle.ballot-paper.v1", json.BallotPaper)
            .Add("battle.ballot-count.v1", json.BallotCount)
            .Add("battle.vote-receipt.v1", json.VoteReceipt)
            .Add("battle.votes-of-voter.v1", json.VotesOfVoter)
            .Add("battle.acknowledged.v1", json.Acknowledged)
            .Add("battle.ballot-box-snapshot.v1", json.BallotBoxSnapshot);
    }
}
