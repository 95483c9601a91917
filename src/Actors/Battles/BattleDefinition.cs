using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Battles;

/// <summary>A battle, from creation to results.</summary>
/// <param name="boxes">The number of ballot boxes of the deployment.</param>
public sealed class BattleDefinition(int boxes) : EntityDefinition<BattleState, IBattleCommand, IBattleEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.Battle;

    /// <summary>Box reports are gathered this long, so that subscribers hear of a vote well within 250 ms.</summary>
    public override TimeSpan ReportAfter => TimeSpan.FromMilliseconds(75);

    /// <inheritdoc />
    public override BattleState Empty(string entityId) => new(Guid.Parse(entityId), boxes);

    /// <inheritdoc />
    public override Decision<IBattleEvent> Decide(BattleState state, IBattleCommand command, DateTimeOffset now) =>
        BattleDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override BattleState Evolve(BattleState state, IBattleEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(BattleState state, IQuery query, DateTimeOffset now)
    {
        if (!state.Exists)
        {
            return BattleRefusals.NoBattle;
        }

        foreach (var due in BattleTime.Due(state, now))
        {
            state = state.Evolve(due);
        }

        return query switch
        {
            GetBattle => BattleViews.View(state),
            GetEntry get => state.Entries.TryGetValue(get.EntryId, out var entry) ? BattleViews.View(state, entry) : BattleRefusals.NoEntry,
            GetTally => BattleViews.Tally(state),
            GetResults => state.Results is { } results ? results : Rejection.NotFound("result yet"),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query, "A battle does not know this query."),
        };
    }

    /// <inheritdoc />
    public override IReply ReplyTo(BattleState state, IReadOnlyList<IBattleEvent> events) => events[^1] switch
    {
        EntrySubmitted entry => BattleViews.View(state, state.Entries[entry.EntryId]),
        EntryModerated entry => BattleViews.View(state, state.Entries[entry.EntryId]),
        EntryViewed => Acknowledged.Instance,
        _ => BattleViews.View(state),
    };

    /// <inheritdoc />
    public override BattleState Observe(BattleState state, ISignal signal)
    {
        switch (signal)
        {
            case BallotCount count:
                state.Live.Take(count);
                break;
            case ChannelFollowed followed:
                state.Live.Follow(followed.Until);
                break;
        }

        return state;
    }

    /// <inheritdoc />
    public override IEnumerable<Announcement> Announce(BattleState state, IBattleEvent @event) => BattleAnnouncements.Of(state, @event);

    /// <inheritdoc />
    public override Reports Report(BattleState state, DateTimeOffset now)
    {
        if (state.Status != BattleStatus.Voting || state.Live.FollowedUntil <= now)
        {
            return Reports.None;
        }

        return new Reports(
            state.Live.TakeFollowed() is { } until ? [.. Watch(state, until)] : [],
            state.Live.TakeChanged() ? [BattleAnnouncements.TallyOf(state, now)] : []);
    }

    private static IEnumerable<(EntityAddress To, ISignal Signal)> Watch(BattleState state, DateTimeOffset until) =>
        Enumerable.Range(0, state.Boxes).Select(box => (BallotBoxes.AddressOf(box), (ISignal)new WatchBallot(state.Id, until)));

    /// <summary>While voting is on, boxes that were not heard since this battle came into memory are asked for their counts; when it is over, for their final ones.</summary>
    public override IReadOnlyList<Question> Outbox(BattleState state)
    {
        if (state.Status != BattleStatus.Voting)
        {
            return [];
        }

        var owed = new List<Question>();
        for (var box = 0; box < state.Boxes; box++)
        {
            if (state.Counting ? !state.Counted.ContainsKey(box) : state.Live.Of(box) is null)
            {
                owed.Add(state.Counting
                    ? new Question($"close:{box}", BallotBoxes.AddressOf(box), new CloseBallot(state.Id))
                    : new Question($"count:{box}", BallotBoxes.AddressOf(box), new RequestCount(state.Id)));
            }
        }

        return owed;
    }

    /// <inheritdoc />
    public override IBattleCommand? Hear(string key, IReply answer) => answer switch
    {
        BallotCount count when key.StartsWith("close:", StringComparison.Ordinal) => new CountBallot(count),
        _ => null,
    };

    /// <inheritdoc />
    public override ISnapshot Freeze(BattleState state) => BattleSnapshot.Of(state);

    /// <inheritdoc />
    public override BattleState Thaw(string entityId, ISnapshot snapshot) => ((BattleSnapshot)snapshot).ToState(Empty(entityId));

    /// <inheritdoc />
    public override int Weight(BattleState state) => state.Entries.Count;
}
