using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Token;

/// <summary>The market of a mint; the entity's id is the mint.</summary>
public sealed class MarketDefinition : EntityDefinition<MarketState, IMarketCommand, IMarketEvent>
{
    /// <inheritdoc />
    public override string Region => Names.Regions.TokenMarket;

    /// <summary>A sample that is lost is followed by the next: nobody repeats one.</summary>
    public override int RememberedCommands => 0;

    /// <inheritdoc />
    public override MarketState Empty(string entityId) => new(entityId);

    /// <inheritdoc />
    public override Decision<IMarketEvent> Decide(MarketState state, IMarketCommand command, DateTimeOffset now) => MarketDecider.Decide(state, command, now);

    /// <inheritdoc />
    public override MarketState Evolve(MarketState state, IMarketEvent @event) => state.Evolve(@event);

    /// <inheritdoc />
    public override IReply Answer(MarketState state, IQuery query, DateTimeOffset now) => query switch
    {
        GetMarket => MarketViews.View(state, now),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "A market does not know this query."),
    };

    /// <inheritdoc />
    public override IReply ReplyTo(MarketState state, IReadOnlyList<IMarketEvent> events) => new SampleTaken(state.MarketCap);

    /// <inheritdoc />
    public override MarketState Observe(MarketState state, ISignal signal) =>
        signal is SourcesObserved observed && observed.Mint == state.Mint ? state with { Observed = observed } : state;

    /// <inheritdoc />
    public override IEnumerable<Announcement> Announce(MarketState state, IMarketEvent @event) => MarketAnnouncements.Of(state, @event);

    /// <inheritdoc />
    public override ISnapshot Freeze(MarketState state) => MarketSnapshot.Of(state);

    /// <inheritdoc />
    public override MarketState Thaw(string entityId, ISnapshot snapshot) => ((MarketSnapshot)snapshot).ToState(Empty(entityId));

    /// <inheritdoc />
    public override int Weight(MarketState state) => state.Day.Points.Length;
}
