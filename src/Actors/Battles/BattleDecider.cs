using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Battles;

/// <summary>What a battle says to a command. First everything that is due happens, then the command is judged.</summary>
public static class BattleDecider
{
    /// <summary>How long voting lasts where nothing is said.</summary>
    public static readonly TimeSpan DefaultVoting = TimeSpan.FromHours(24);

    /// <summary>Judges a command at an instant.</summary>
    public static Decision<IBattleEvent> Decide(BattleState state, IBattleCommand command, DateTimeOffset now)
    {
        if (command is CreateBattle create)
        {
            return Create(state, create, now);
        }

        if (!state.Exists)
        {
            return Decision<IBattleEvent>.Reject(BattleRefusals.NoBattle);
        }

        var due = BattleTime.Due(state, now);
        state = due.Aggregate(state, (before, @event) => before.Evolve(@event));
        var outcome = command switch
        {
            EditBattle edit => Edit(state, edit, now),
            MoveBattle move => Move(state, move, now),
            SubmitEntry submit => Submit(state, submit, now),
            ModerateEntry moderate => Moderate(state, moderate, now),
            ViewEntry view => View(state, view, now),
            RequestBallotPaper => Paper(state),
            CountBallot count => Count(state, count, now),
            AdvanceBattle => Decision<IBattleEvent>.Answer(Acknowledged.Instance),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A battle does not know this command."),
        };
        return due.Count == 0 ? outcome : After(due, outcome);
    }

    private static Decision<IBattleEvent> After(IReadOnlyList<IBattleEvent> due, Decision<IBattleEvent> outcome)
    {
        IBattleEvent[] events = [.. due, .. outcome.Events];
        return outcome.Reply switch
        {
            Rejection no => Decision<IBattleEvent>.Reject(no, events),
            { } reply => Decision<IBattleEvent>.Answer(reply, events),
            null => Decision<IBattleEvent>.Accept(events),
        };
    }

    private static Decision<IBattleEvent> Create(BattleState state, CreateBattle create, DateTimeOffset now)
    {
        if (state.Exists)
        {
            return Decision<IBattleEvent>.Reject(Rejection.IdempotencyMismatch);
        }

        var (start, end) = (Instants.Truncate(create.StartTime), Instants.Truncate(create.EndTime));
        var votingEnd = create.VotingEndTime is { } given ? Instants.Truncate(given) : VotingEndAfter(end);
        var rules = create.Rules ?? BattleRules.Default;
        var faults = BattleValidation.Faults(create.Title, create.Description, create.Type, start, end, votingEnd, rules, now);
        return faults.Count > 0
            ? Decision<IBattleEvent>.Reject(Rejection.Invalid(faults))
            : Decision<IBattleEvent>.Accept(new BattleCreated(
                state.Id,
                create.CreatorId,
                create.Title.Trim(),
                create.Description.Trim(),
                create.Type,
                now < start ? BattleStatus.Upcoming : BattleStatus.Active,
                start,
                end,
                votingEnd,
                rules,
                now));
    }

    /// <summary>An end at the end of time leaves none for voting: validation then names the field.</summary>
    private static DateTimeOffset VotingEndAfter(DateTimeOffset end) => end <= DateTimeOffset.MaxValue - DefaultVoting ? end + DefaultVoting : end;

    private static Decision<IBattleEvent> Edit(BattleState state, EditBattle edit, DateTimeOffset now)
    {
        if (Unentitled(state, edit.Caller) is { } no)
        {
            return Decision<IBattleEvent>.Reject(no);
        }

        if (edit.ExpectedVersion is { } expected && expected != state.Version)
        {
            return Decision<IBattleEvent>.Reject(new Rejection(
                RejectionKind.Stale, "stale_version", $"The battle is at version {state.Version}, not {expected}: read it again."));
        }

        if (state.Status != BattleStatus.Upcoming)
        {
            return Decision<IBattleEvent>.Reject(Rejection.Conflict("battle_not_upcoming", "Only an upcoming battle can be edited."));
        }

        var edited = new BattleUpdated(
            state.Id,
            edit.Title?.Trim() ?? state.Title,
            edit.Description?.Trim() ?? state.Description,
            Instants.Truncate(edit.StartTime ?? state.StartTime),
            Instants.Truncate(edit.EndTime ?? state.EndTime),
            Instants.Truncate(edit.VotingEndTime ?? state.VotingEndTime),
            edit.Rules ?? state.Rules,
            edit.Caller.UserId,
            now);
        var faults = BattleValidation.Faults(
            edited.Title, edited.Description, state.Type, edited.StartTime, edited.EndTime, edited.VotingEndTime, edited.Rules, now);
        return faults.Count > 0
            ? Decision<IBattleEvent>.Reject(Rejection.Invalid(faults))
            : Decision<IBattleEvent>.Accept([edited, .. BattleTime.Due(state.Evolve(edited), now)]);
    }

    private static Decision<IBattleEvent> Move(BattleState state, MoveBattle move, DateTimeOffset now)
    {
        if (Unentitled(state, move.Caller) is { } no)
        {
            return Decision<IBattleEvent>.Reject(no);
        }

        return (state.Status, move.To) switch
        {
            (BattleStatus.Upcoming or BattleStatus.Active, BattleStatus.Cancelled) =>
                Decision<IBattleEvent>.Accept(new BattleCancelled(state.Id, move.Caller.UserId, now)),
            (BattleStatus.Voting, BattleStatus.Completed) when state.Counting => Decision<IBattleEvent>.Answer(BattleViews.View(state)),
            (BattleStatus.Upcoming, BattleStatus.Active) or (BattleStatus.Active, BattleStatus.Voting) or (BattleStatus.Voting, BattleStatus.Completed) =>
                Decision<IBattleEvent>.Accept(BattleTime.Next(state, move.Caller.UserId, now)),
            _ => Decision<IBattleEvent>.Reject(BattleRefusals.InvalidTransition(state.Status, move.To)),
        };
    }

    private static Decision<IBattleEvent> Submit(BattleState state, SubmitEntry submit, DateTimeOffset now)
    {
        if (state.EntryOfUser.ContainsKey(submit.UserId))
        {
            return Decision<IBattleEvent>.Reject(Rejection.Conflict("already_entered", "You have already entered this battle."));
        }

        if (state.Status != BattleStatus.Active)
        {
            return Decision<IBattleEvent>.Reject(BattleRefusals.NotAcceptingEntries);
        }

        if (state.Entries.Count >= (state.Rules.MaxEntries ?? BattleValidation.MostEntries))
        {
            return Decision<IBattleEvent>.Reject(Rejection.Conflict("battle_full", "This battle takes no more entries."));
        }

        var faults = BattleValidation.Faults(submit.Content, state.Rules);
        if (faults.Count > 0)
        {
            return Decision<IBattleEvent>.Reject(Rejection.Invalid(faults));
        }

        return submit.Content.MediaKey is not null && !submit.MediaVerified
            ? Decision<IBattleEvent>.Reject(new Rejection(
                RejectionKind.Unprocessable,
                "media_rejected",
                "The upload is not one of yours that was checked.",
                new Dictionary<string, string> { ["content.mediaKey"] = "must be a checked upload of your own" }))
            : Decision<IBattleEvent>.Accept(new EntrySubmitted(state.Id, submit.EntryId, submit.UserId, submit.Content, now));
    }

    private static Decision<IBattleEvent> Moderate(BattleState state, ModerateEntry moderate, DateTimeOffset now)
    {
        if (Access.OfRole(moderate.Caller, Role.Moderator) is { } no)
        {
            return Decision<IBattleEvent>.Reject(no);
        }

        if (!state.Entries.TryGetValue(moderate.EntryId, out var entry))
        {
            return Decision<IBattleEvent>.Reject(BattleRefusals.NoEntry);
        }

        if (entry.Moderation != ModerationStatus.Pending)
        {
            return Decision<IBattleEvent>.Reject(Rejection.Conflict("not_pending", "This entry was judged before."));
        }

        if (!moderate.Approve && state.Status == BattleStatus.Completed)
        {
            return Decision<IBattleEvent>.Reject(Rejection.Conflict("battle_completed", "The results are final: an entry cannot lose its rank now."));
        }

        var reason = moderate.Reason?.Trim();
        if (!moderate.Approve && string.IsNullOrEmpty(reason))
        {
            return Decision<IBattleEvent>.Reject(Rejection.Invalid("reason", "a rejection gives its reason"));
        }

        var status = moderate.Approve ? ModerationStatus.Approved : ModerationStatus.Rejected;
        return Decision<IBattleEvent>.Accept(new EntryModerated(state.Id, entry.Id, entry.UserId, status, reason, moderate.Caller.UserId, now));
    }

    private static Decision<IBattleEvent> View(BattleState state, ViewEntry view, DateTimeOffset now) =>
        state.Entries.ContainsKey(view.EntryId)
            ? Decision<IBattleEvent>.Accept(new EntryViewed(state.Id, view.EntryId, now))
            : Decision<IBattleEvent>.Reject(BattleRefusals.NoEntry);

    /// <summary>A paper is handed out only while votes are taken; once counting began, a box that asks is refused.</summary>
    private static Decision<IBattleEvent> Paper(BattleState state) => state is { Status: BattleStatus.Voting, Counting: false }
        ? Decision<IBattleEvent>.Answer(BattleViews.Paper(state))
        : Decision<IBattleEvent>.Reject(BattleRefusals.NotVoting);

    /// <summary>Takes one box's final count; with the last one the entries are ranked.</summary>
    private static Decision<IBattleEvent> Count(BattleState state, CountBallot command, DateTimeOffset now)
    {
        if (!state.Counting || state.Counted.ContainsKey(command.Count.Box))
        {
            return Decision<IBattleEvent>.Answer(Acknowledged.Instance);
        }

        var counted = new BallotCounted(state.Id, command.Count, now);
        var after = state.Evolve(counted);
        if (after.Counted.Count < state.Boxes)
        {
            return Decision<IBattleEvent>.Answer(Acknowledged.Instance, counted);
        }

        var results = new BattleResults(state.Id, now, Ranking.Rank(after.Entries.Values, Ranking.Sum(after.Counted.Values)));
        return Decision<IBattleEvent>.Answer(Acknowledged.Instance, counted, new BattleCompleted(state.Id, results, now));
    }

    private static Rejection? Unentitled(BattleState state, Caller caller) =>
        Access.OfOwner(caller, state.CreatorId, owner: "creator");
}
