using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Token;
using Xunit;

namespace WildNOut.Actors.Tests.Token;

/// <summary>What a market makes of samples.</summary>
public sealed class MarketSpec
{
    private const string Mint = "So11111111111111111111111111111111111111112";
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A billion tokens of six decimals, so that a price of 0.01 is a market cap of ten million.</summary>
    private static readonly TokenSupply Billion = new(1_000_000_000_000_000, 6);

    private readonly Scenario<MarketState, IMarketCommand, IMarketEvent> _market = new(new MarketDefinition(), Mint);
    private DateTimeOffset _now = Noon;

    [Fact]
    public void A_market_that_nobody_watched_knows_nothing_and_says_so()
    {
        var view = View();
        Assert.True(view.Stale);
        Assert.Null(view.Price);
        Assert.Null(view.MarketCap);
        Assert.Null(view.TotalSupply);
        Assert.Null(view.PriceChange24h);
        Assert.Null(view.Volume24h);
        Assert.Empty(view.Sources);
    }

    [Fact]
    public void A_sample_records_supply_and_price_and_repeats_only_the_price()
    {
        Sample(0.0021m).Then(new SupplyChanged(Mint, Billion, Noon), Priced(0.0021m, Noon)).Replying(new SampleTaken(2_100_000m));
        _now = Noon.AddSeconds(10);
        Sample(0.0021m).Then(Priced(0.0021m, _now));
        var view = View();
        Assert.Equal((0.0021m, 2_100_000m, "1000000000"), (view.Price, view.MarketCap, view.TotalSupplyDisplay));
        Assert.False(view.Stale);
    }

    [Fact]
    public void Feeds_that_fall_silent_leave_the_last_price_with_its_age()
    {
        Sample(0.5m);
        _now = Noon.AddSeconds(121);
        Assert.Equal((0.5m, 121L, true), (View().Price, View().PriceAge, View().Stale));
        _market.When(new RecordSample(Mint, null, Billion, 2), _now).ThenNothingHappens().Replying(new SampleTaken(500_000_000m));
        _market.When(new RecordSample(Mint, null, null, 2), _now).ThenNothingHappens();
        Assert.Equal(0.5m, View().Price);
    }

    [Fact]
    public void What_sources_say_is_shown_and_not_journalled()
    {
        Sample(0.5m);
        _market.Heard(new SourcesObserved(
            Mint, [new SourceReport("jupiter", 0.5m, Noon, 9_000m, null), new SourceReport("hermes", null, null, null, "silent")], 1_000m, 150m));
        _market.Heard(new SourcesObserved("another mint", [], null, null));
        _now = Noon.AddSeconds(7);
        var view = View();
        Assert.Equal((1_000m, 500m, 150m), (view.Volume24h, view.Volume24hUsd, view.SolPrice));
        Assert.Equal(
            [new PriceSourceView("jupiter", 0.5m, Noon, 7, 9_000m, true, null), new PriceSourceView("hermes", null, null, null, null, false, "silent")],
            view.Sources);
        Assert.Equal(View().WithoutAges() with { Sources = [] }, Later(3).WithoutAges() with { Sources = [] });
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.0000000000000000001")]
    [InlineData("1000000.1")]
    public void An_impossible_price_is_refused(string price) => Sample(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)).ThenFaultyFields("price");

    [Fact]
    public void A_sample_of_another_mint_without_a_source_or_with_a_wrong_supply_is_refused()
    {
        _market.When(new RecordSample("x", Agreed(1, Noon), null, 1), Noon).ThenFaultyFields("mint");
        _market.When(new RecordSample(Mint, new AgreedPrice(1, Noon, "a", []), null, 1), Noon).ThenFaultyFields("price");
        _market.When(new RecordSample(Mint, null, new TokenSupply(1, 256), 1), Noon).ThenFaultyFields("supply");
    }

    [Fact]
    public void A_price_that_was_long_under_way_is_refused_and_one_from_the_future_is_of_now()
    {
        _market.When(new RecordSample(Mint, Agreed(1, Noon.AddMinutes(-3)), null, 2), Noon).ThenRejected(RejectionKind.Conflict, "stale_price");
        _market.When(new RecordSample(Mint, Agreed(1, Noon.AddSeconds(5)), null, 2), Noon).Then(Priced(1, Noon));
    }

    [Fact]
    public void A_milestone_needs_three_samples_in_a_row()
    {
        Assert.Empty(Milestones(0.01m, 0.01m, 0.009999m, 0.01m, 0.02m));
        Assert.Equal([10_000_000], Milestones(0.01m));
        Assert.Empty(Milestones(0.001m, 0.01m, 0.01m, 0.01m, 0.01m));
    }

    [Fact]
    public void Several_milestones_crossed_in_one_step_are_each_told_in_order() =>
        Assert.Equal([10_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000], Milestones(0.6m, 0.5m, 0.7m));

    [Fact]
    public void A_milestone_counts_by_the_lowest_of_the_three() => Assert.Equal([10_000_000, 50_000_000], Milestones(0.6m, 0.06m, 0.7m));

    [Fact]
    public void One_source_of_two_settles_no_milestone_and_breaks_the_row()
    {
        Milestones(0.01m, 0.01m);
        Assert.Empty(Steps(1, 2, 0.01m));
        Assert.Empty(Milestones(0.01m, 0.01m));
        Assert.Equal([10_000_000], Milestones(0.01m));
    }

    [Fact]
    public void Where_only_one_source_is_configured_it_is_enough() => Assert.Equal([10_000_000], Steps(1, 1, 0.01m, 0.01m, 0.01m));

    [Fact]
    public void Samples_that_lie_too_far_apart_are_not_in_a_row()
    {
        Milestones(0.01m, 0.01m);
        _now = _now.AddMinutes(3);
        Assert.Empty(Milestones(0.01m, 0.01m));
    }

    [Fact]
    public void Without_a_supply_nothing_is_reached()
    {
        for (var i = 0; i < 4; i++)
        {
            _market.When(new RecordSample(Mint, Agreed(1, Noon), null, 2), Noon).Then(Priced(1, Noon));
        }

        Assert.Null(View().MarketCap);
    }

    [Fact]
    public void The_change_over_a_day_lies_on_the_line_between_the_points_around_that_time()
    {
        Sample(1m);
        _now = Noon.AddMinutes(10);
        Sample(2m);
        _now = Noon.AddHours(24).AddMinutes(5);
        Assert.Null(View().PriceChange24h);
        Sample(3m);
        Assert.Equal(100m, View().PriceChange24h);
    }

    [Fact]
    public void The_change_over_a_day_is_unknown_where_the_price_was_or_the_market_is_too_young()
    {
        Sample(1m);
        _now = Noon.AddMinutes(20);
        Sample(2m);
        Assert.Null(View().PriceChange24h);
        _now = Noon.AddHours(24).AddMinutes(10);
        Sample(3m);
        Assert.Null(View().PriceChange24h);
    }

    [Fact]
    public void What_is_kept_of_the_past_is_bounded()
    {
        for (var i = 0; i < 30_000; i++)
        {
            _now = _now.AddSeconds(10);
            Sample(0.001m);
        }

        Assert.InRange(_market.State.Day.Points.Length, 280, 292);
        Assert.Equal(0m, View().PriceChange24h);
    }

    [Fact]
    public void The_price_is_announced_folded_and_a_milestone_is_not()
    {
        Milestones(0.01m, 0.01m);
        var definition = new MarketDefinition();
        var price = Assert.Single(definition.Announce(_market.State, Priced(0.01m, _now)));
        Assert.Equal(("token", "token.price", "price"), (price.Channel, price.Type, price.FoldKey));
        var milestone = Assert.Single(definition.Announce(_market.State, new MilestoneReached(Mint, 10_000_000, 10_000_000m, 0.01m, _now)));
        Assert.Equal(("token", "token.milestone", null), (milestone.Channel, milestone.Type, milestone.FoldKey));
        Assert.Empty(definition.Announce(_market.State, new SupplyChanged(Mint, Billion, _now)));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 0, "18446744073709551615")]
    [InlineData(1_250_500_000UL, 6, "1250.5")]
    [InlineData(0UL, 255, "0")]
    [InlineData(1UL, 18, "0.000000000000000001")]
    [InlineData(1UL, 255, "0")]
    public void Base_units_become_whole_tokens_for_any_decimals(ulong units, int decimals, string whole) => Assert.Equal(whole, MarketRules.Display(units, decimals));

    [Fact]
    public void The_largest_supply_at_the_highest_price_has_a_market_cap() =>
        Assert.Equal(18_446_744_073_709_551_615_000_000m, MarketRules.MarketCap(new TokenSupply(ulong.MaxValue, 0), MarketRules.HighestPrice));

    [Fact]
    public void The_greatest_rise_there_can_be_has_a_change_in_percent() =>
        Assert.True(MarketRules.Change(MarketRules.LowestPrice, MarketRules.HighestPrice) > 0);

    private static PriceRecorded Priced(decimal price, DateTimeOffset at) => new(Mint, price, at, "dexscreener+jupiter", ["dexscreener", "jupiter"], true, at);

    private static AgreedPrice Agreed(decimal price, DateTimeOffset at, int sources = 2) =>
        new(price, at, "dexscreener+jupiter", [.. new[] { "dexscreener", "jupiter" }.Take(sources)]);

    private Outcome<IMarketEvent> Sample(decimal price, int sources = 2, int configured = 2) =>
        _market.When(new RecordSample(Mint, Agreed(price, _now, sources), Billion, configured), _now);

    private long[] Milestones(params decimal[] prices) => Steps(2, 3, prices);

    private long[] Steps(int sources, int configured, params decimal[] prices) => [.. prices.SelectMany(price =>
    {
        _now = _now.AddSeconds(10);
        return Sample(price, sources, configured).Decision.Events.OfType<MilestoneReached>().Select(reached => reached.Milestone);
    })];

    private MarketView View() => _market.Asked<MarketView>(new GetMarket(), _now);

    private MarketView Later(int seconds) => _market.Asked<MarketView>(new GetMarket(), _now.AddSeconds(seconds));
}
