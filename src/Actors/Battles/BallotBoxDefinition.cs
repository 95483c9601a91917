using System.Globalization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Battles;

/// <summary>
/// A ballot box: the votes of all battles by the voters that hash to it. Uniqueness per voter holds inside one box; a hot battle uses all boxes.
/// </summary>
public sealed class BallotBoxDefinition : EntityDefinition<BallotBoxState, IBallotBoxCommand, IBallotBoxEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.BallotBox;

    /// <summary>None: a sheet knows each vote it has seen by its command id.</summary>
    public override int RememberedCommands => 0;

    /// <inheritdoc />
    public override int SnapshotAfter => 50_000;

    /// <summary>A snapshot of 75,000 votes is 5 MB and some 200 ms of the database's time, which votes in a rush feel.</summary>
    public override int SnapshotMayWait => 100_000;

    /// <inheritdoc />
    public override TimeSpan ReportAfter => TimeSpan.FromMilliseconds(25);

    /// <inheritdoc />
    public override BallotBoxState Empty(string entityId) => new(BoxOf(entityId));

    /// <inheritdoc />
    public override Decision<IBallotBoxEvent> Decide(BallotBoxState state, IBallotBoxCommand command, DateTimeOffset now) =>
        BallotBoxDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override BallotBoxState Evolve(BallotBoxState state, IBallotBoxEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(BallotBoxState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetVotes votes when state.Sheet(votes.BattleId) is { } sheet => new VotesOfVoter(true, Receipts(sheet, votes.VoterId)),
        GetVotes => new VotesOfVoter(false, []),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "A ballot box does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(BallotBoxState state, IReadOnlyList<IBallotBoxEvent> events) => events[^1] switch
    {
        VoteCast cast => new VoteReceipt(cast.BattleId, cast.EntryId, cast.Value, cast.Weight, cast.At),
        _ => Acknowledged.Instance,
    };

    /// <inheritdoc />
    public override BallotBoxState Observe(BallotBoxState state, ISignal signal)
    {
        if (signal is WatchBallot watch)
        {
            state.Watch(watch);
        }

        return state;
    }

    /// <inheritdoc />
    public override Reports Report(BallotBoxState state, DateTimeOffset now) => Told(state.TakeReports(now, all: false));

    /// <inheritdoc />
    public override Reports LastReport(BallotBoxState state, DateTimeOffset now) => Told(state.TakeReports(now, all: true));

    /// <inheritdoc />
    public override IBallotBoxCommand? Hear(string key, IReply answer) => answer is BallotPaper paper ? new OpenSheet(paper) : null;

    /// <inheritdoc />
    public override ISnapshot Freeze(BallotBoxState state) => state.Freeze();

    /// <inheritdoc />
    public override BallotBoxState Thaw(string entityId, ISnapshot snapshot) => BallotBoxState.Thaw(BoxOf(entityId), (BallotBoxSnapshot)snapshot);

    /// <inheritdoc />
    public override int Weight(BallotBoxState state) => state.VoteCount;

    private static int BoxOf(string entityId) => int.Parse(entityId, CultureInfo.InvariantCulture);

    private static Reports Told((IReadOnlyList<BallotCount> Counts, bool More) taken) =>
        new([.. taken.Counts.Select(count => (BallotBoxes.AddressOf(count.BattleId), (ISignal)count))], [], taken.More);

    private static VoteReceipt[] Receipts(BallotSheet sheet, string voterId)
    {
        var receipts = new List<VoteReceipt>();
        for (var place = sheet.NewestOf(BallotDigest.Of(voterId)); place != VoteLog.None; place = sheet.Before(place))
        {
            receipts.Add(sheet.Receipt(sheet.VoteAt(place)));
        }

        receipts.Reverse();
        return [.. receipts];
    }
}
