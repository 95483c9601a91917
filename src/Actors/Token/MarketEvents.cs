using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>What happens to a market.</summary>
public interface IMarketEvent : IEvent
{
    /// <summary>The mint, base58.</summary>
    string Mint { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>The price was taken.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Price">USD for a whole token.</param>
/// <param name="PriceAt">As in <see cref="AgreedPrice.At"/>, never after <paramref name="At"/>.</param>
/// <param name="From">As in <see cref="AgreedPrice.From"/>.</param>
/// <param name="Sources">All feeds that agreed.</param>
/// <param name="Corroborated">Whether enough feeds agreed for the sample to count towards a milestone.</param>
/// <param name="At">When it was taken.</param>
public sealed record PriceRecorded(
    string Mint, decimal Price, DateTimeOffset PriceAt, string From, IReadOnlyList<string> Sources, bool Corroborated, DateTimeOffset At) : IMarketEvent;

/// <summary>The supply is another.</summary>
public sealed record SupplyChanged(string Mint, TokenSupply Supply, DateTimeOffset At) : IMarketEvent;

/// <summary>The market cap reached a milestone for the first time.</summary>
/// <param name="Mint">The mint.</param>
/// <param name="Milestone">One of <see cref="MarketRules.Milestones"/>, in USD.</param>
/// <param name="MarketCap">The market cap of the sample that settled it, in USD.</param>
/// <param name="Price">Its price.</param>
/// <param name="At">When.</param>
public sealed record MilestoneReached(string Mint, long Milestone, decimal MarketCap, decimal Price, DateTimeOffset At) : IMarketEvent;
