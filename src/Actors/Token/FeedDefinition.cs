using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Token;

/// <summary>The feed of a mint: every movement of its tokens in chain order, each line with its position.</summary>
public sealed class FeedDefinition : EntityDefinition<FeedState, IFeedCommand, IFeedEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.TokenFeed;

    /// <summary>None: a command that does not fit the tip changes nothing.</summary>
    public override int RememberedCommands => 0;

    /// <summary>Where the feed of a mint is.</summary>
    public static EntityAddress AddressOf(string mint) => new(Names.Regions.TokenFeed, mint);

    /// <inheritdoc />
    public override FeedState Empty(string entityId) => new(entityId);

    /// <inheritdoc />
    public override Decision<IFeedEvent> Decide(FeedState state, IFeedCommand command, DateTimeOffset now) => FeedDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override FeedState Evolve(FeedState state, IFeedEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(FeedState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetFeed => state.View(applied: true),
        GetIngest => IngestViews.View(state, now),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "A feed does not know this query."),
    };

    /// <inheritdoc />
    public override FeedState Observe(FeedState state, ISignal signal) => signal is IngestObserved told && told.Mint == state.Mint ? state.Observe(told) : state;

    /// <inheritdoc />
    public override IReply ReplyTo(FeedState state, IReadOnlyList<IFeedEvent> events) => state.View(applied: true);

    /// <inheritdoc />
    public override IEnumerable<Announcement> Announce(FeedState state, IFeedEvent @event) => FeedAnnouncements.Of(state, @event);

    /// <inheritdoc />
    public override ISnapshot Freeze(FeedState state) => state.Freeze();

    /// <inheritdoc />
    public override FeedState Thaw(string entityId, ISnapshot snapshot) => FeedState.Thaw(entityId, (FeedSnapshot)snapshot);
}
