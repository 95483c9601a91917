using System.ComponentModel;

namespace WildNOut.Actors.Token;

/// <summary>A milestone that was reached, as clients see it.</summary>
public sealed record MilestoneView(
    [property: Description("USD.")] long Milestone,
    [property: Description("USD, of the sample that settled it.")] decimal MarketCap,
    [property: Description("USD for a whole token, likewise.")] decimal Price,
    DateTimeOffset ReachedAt)
{
    /// <summary>Of its event.</summary>
    internal static MilestoneView Of(MilestoneReached reached) => new(reached.Milestone, reached.MarketCap, reached.Price, reached.At);
}

/// <summary>The milestones of a token, in the order in which they were reached.</summary>
public sealed record MilestoneList(string Mint, IReadOnlyList<MilestoneView> Items);
