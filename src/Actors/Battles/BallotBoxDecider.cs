using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>What a ballot box says to a command.</summary>
public static class BallotBoxDecider
{
    /// <summary>The key of the question for a battle's paper.</summary>
    public static string PaperOf(Guid battleId) => $"paper:{battleId:D}";

    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IBallotBoxEvent> Decide(BallotBoxState state, IBallotBoxCommand command, DateTimeOffset now) => command switch
    {
        CastVote cast => Cast(state, cast, now),
        OpenSheet open => Open(state, open, now),
        StrikeEntry strike => Strike(state, strike, now),
        CloseBallot close => Close(state, close, now),
        DiscardSheet discard => Discard(state, discard, now),
        RequestCount request => Decision<IBallotBoxEvent>.Answer(CountOf(state, request.BattleId)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A ballot box does not know this command."),
    };

    private static Decision<IBallotBoxEvent> Cast(BallotBoxState state, CastVote vote, DateTimeOffset now)
    {
        if (state.Sheet(vote.BattleId) is not { } sheet)
        {
            return Decision<IBallotBoxEvent>.Await(new Question(PaperOf(vote.BattleId), BallotBoxes.AddressOf(vote.BattleId), new RequestBallotPaper()));
        }

        var paper = sheet.Paper;
        var value = vote.Value ?? (paper.Scale.Contains(1) ? 1 : paper.Scale.Max);
        var command = BallotDigest.Of(vote.CommandId);
        var newest = sheet.NewestOf(BallotDigest.Of(vote.VoterId));
        var alreadyVoted = false;
        for (var place = newest; place != VoteLog.None; place = sheet.Before(place))
        {
            ref readonly var earlier = ref sheet.VoteAt(place);
            var sameEntry = paper.Entries[earlier.Entry].EntryId == vote.EntryId;
            if (command != BallotDigest.None && earlier.Command == command)
            {
                return sameEntry && earlier.Value == value
                    ? Decision<IBallotBoxEvent>.Answer(sheet.Receipt(earlier))
                    : Decision<IBallotBoxEvent>.Reject(Rejection.IdempotencyMismatch);
            }

            if (sameEntry && vote.Repeated && earlier.Value == value)
            {
                return Decision<IBallotBoxEvent>.Answer(sheet.Receipt(earlier));
            }

            alreadyVoted |= sameEntry;
        }

        return Refusal(sheet, vote, value, alreadyVoted, now) is { } no
            ? Decision<IBallotBoxEvent>.Reject(no)
            : Decision<IBallotBoxEvent>.Accept(
                new VoteCast(
                    vote.BattleId,
                    vote.EntryId,
                    vote.VoterId,
                    value,
                    paper.Opened is null ? 1 : vote.Weight!.Value,
                    now,
                    newest == VoteLog.None && !sheet.IsEntrant(vote.VoterId),
                    vote.CommandId));
    }

    private static Rejection? Refusal(BallotSheet sheet, CastVote vote, int value, bool alreadyVoted, DateTimeOffset now) =>
        alreadyVoted ? Rejection.Conflict("already_voted", "You have already voted for this entry.")
        : sheet.Closed || now >= sheet.Paper.Closes ? BattleRefusals.NotVoting
        : sheet.Line(vote.EntryId) is not { } line ? Rejection.NotFound("entry in this battle")
        : sheet.IsStruck(vote.EntryId) ? Rejection.Conflict("entry_rejected", "This entry was rejected and takes no votes.")
        : !sheet.Paper.Scale.Contains(value) ? Rejection.Invalid("value", $"must be between {sheet.Paper.Scale.Min} and {sheet.Paper.Scale.Max}")
        : line.UserId == vote.VoterId && !sheet.Paper.AllowSelfVote ? Rejection.Forbidden("Voting for one's own entry needs a battle that allows it.")
        : sheet.Paper.Opened is { } opened && vote.Weight is null ? new WeightDemand(sheet.Paper.Weighting, opened).ToRejection()
        : null;

    private static Decision<IBallotBoxEvent> Open(BallotBoxState state, OpenSheet open, DateTimeOffset now) =>
        state.Sheet(open.Paper.BattleId) is null
            ? Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance, new SheetOpened(open.Paper.BattleId, open.Paper, now))
            : Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance);

    private static Decision<IBallotBoxEvent> Strike(BallotBoxState state, StrikeEntry strike, DateTimeOffset now) =>
        state.Sheet(strike.BattleId) is { Closed: false } sheet && sheet.Line(strike.EntryId) is not null && !sheet.IsStruck(strike.EntryId)
            ? Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance, new EntryStruck(strike.BattleId, strike.EntryId, now))
            : Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance).Forgetting(PaperOf(strike.BattleId));

    /// <summary>
    /// A box without a sheet answers empty and forgets a paper that may be under way to it: the battle hands out none any more, so a vote
    /// that still waits is refused.
    /// </summary>
    private static Decision<IBallotBoxEvent> Close(BallotBoxState state, CloseBallot close, DateTimeOffset now) => state.Sheet(close.BattleId) switch
    {
        null => Decision<IBallotBoxEvent>.Answer(CountOf(state, close.BattleId)).Forgetting(PaperOf(close.BattleId)),
        { Closed: true } => Decision<IBallotBoxEvent>.Answer(CountOf(state, close.BattleId)),
        _ => Decision<IBallotBoxEvent>.Answer(CountOf(state, close.BattleId), new SheetClosed(close.BattleId, now)),
    };

    /// <summary>A battle without entries completes without closing its boxes: its sheets are open here and hold no vote.</summary>
    private static Decision<IBallotBoxEvent> Discard(BallotBoxState state, DiscardSheet discard, DateTimeOffset now) => state.Sheet(discard.BattleId) switch
    {
        null => Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance).Forgetting(PaperOf(discard.BattleId)),
        { Closed: true } or { VoteCount: 0 } => Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance, new SheetDiscarded(discard.BattleId, now)),
        _ => Decision<IBallotBoxEvent>.Answer(Acknowledged.Instance),
    };

    private static BallotCount CountOf(BallotBoxState state, Guid battleId) =>
        state.Sheet(battleId)?.Count(state.Box) ?? new BallotCount(battleId, state.Box, 0, 0, []);
}
