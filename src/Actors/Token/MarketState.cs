using System.Collections.Immutable;

namespace WildNOut.Actors.Token;

/// <summary>The market of a mint.</summary>
/// <param name="Mint">The mint, base58.</param>
public sealed record MarketState(string Mint)
{
    /// <summary>The newest price; null before the first.</summary>
    public PriceRecorded? Latest { get; init; }

    /// <summary>The supply; null before it was read.</summary>
    public TokenSupply? Supply { get; init; }

    /// <summary>The prices of the last day.</summary>
    public PriceDay Day { get; init; } = PriceDay.Empty;

    /// <summary>Market caps of the newest corroborated samples in a row, at most <see cref="MarketRules.SamplesForMilestone"/>.</summary>
    public ImmutableArray<decimal> Row { get; init; } = [];

    /// <summary>Milestones that were reached, ascending.</summary>
    public ImmutableArray<MilestoneReached> Milestones { get; init; } = [];

    /// <summary>What the price feeds said last; kept in memory only.</summary>
    public SourcesObserved? Observed { get; init; }

    /// <summary>Supply × price; null while either is unknown.</summary>
    public decimal? MarketCap => Latest is { } latest && Supply is { } supply ? MarketRules.MarketCap(supply, latest.Price) : null;

    /// <summary>The state after an event.</summary>
    public MarketState Evolve(IMarketEvent @event) => @event switch
    {
        PriceRecorded price => After(price),
        SupplyChanged supply => this with { Supply = supply.Supply },
        MilestoneReached milestone => this with { Milestones = Milestones.Add(milestone) },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "A market does not know this event."),
    };

    private MarketState After(PriceRecorded price)
    {
        var inRow = Latest is { } before && price.At - before.At <= MarketRules.StaleAfter;
        var after = this with { Latest = price, Day = Day.Add(new PricePoint(price.At, price.Price)) };
        return after with { Row = price.Corroborated && after.MarketCap is { } cap ? Newest((inRow ? Row : []).Add(cap)) : [] };
    }

    private static ImmutableArray<decimal> Newest(ImmutableArray<decimal> row) =>
        row.Length > MarketRules.SamplesForMilestone ? row.RemoveAt(0) : row;
}
