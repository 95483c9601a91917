using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>A market in a snapshot: at most 290 points of the last day beside the newest figures.</summary>
public sealed record MarketSnapshot(
    PriceRecorded? Latest,
    TokenSupply? Supply,
    IReadOnlyList<PricePoint> Points,
    IReadOnlyList<decimal> Row,
    IReadOnlyList<MilestoneReached> Milestones) : ISnapshot
{
    /// <summary>The snapshot of a state.</summary>
    public static MarketSnapshot Of(MarketState state) => new(state.Latest, state.Supply, state.Day.Points, state.Row, state.Milestones);

    /// <summary>The state of this snapshot.</summary>
    public MarketState ToState(MarketState empty) => empty with
    {
        Latest = Latest,
        Supply = Supply,
        Day = new PriceDay([.. Points]),
        Row = [.. Row],
        Milestones = [.. Milestones],
    };
}
