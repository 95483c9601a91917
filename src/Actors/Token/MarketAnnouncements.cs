using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Actors.Token;

/// <summary>What subscribers of <c>token</c> are told of the market.</summary>
internal static class MarketAnnouncements
{
    private const string Channel = "token";

    public static IEnumerable<Announcement> Of(MarketState state, IMarketEvent @event) => @event switch
    {
        PriceRecorded price => [Announcement.Of(Channel, "token.price", price.At, Notice(state, price), MarketJson.Default.PriceNotice, foldKey: "price")],
        MilestoneReached reached => [Announcement.Of(Channel, "token.milestone", reached.At, MilestoneView.Of(reached), MarketJson.Default.MilestoneView)],
        _ => [],
    };

    private static PriceNotice Notice(MarketState state, PriceRecorded price) =>
        new(price.Mint, price.Price, price.From, price.PriceAt, state.MarketCap, MarketViews.Change(state));
}

/// <summary>What <c>token.price</c> carries, as in <see cref="MarketView"/>.</summary>
public sealed record PriceNotice(
    string Mint, decimal Price, string PriceSource, DateTimeOffset PriceAt, decimal? MarketCap, decimal? PriceChange24h);
