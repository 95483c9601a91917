using CsCheck;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Token;
using Xunit;

namespace WildNOut.Actors.Tests.Token;

/// <summary>What holds for a market whatever is sampled, at whatever time.</summary>
public sealed class MarketProperties
{
    private const string Mint = "mint";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly MarketDefinition Definition = new();

    /// <summary>Samples with the seconds that pass before each; a price index, how many feeds agree, and a supply index.</summary>
    private static readonly Gen<(int Seconds, int Price, int Sources, int Supply)[]> Runs =
        Gen.Select(Gen.Frequency((8, Gen.Const(10)), (1, Gen.Int[60, 900]), (1, Gen.Int[20_000, 40_000])), Gen.Int[0, 9], Gen.Int[0, 3], Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[1, 2]))).Array[1, 60];

    [Fact]
    public void Milestones_come_once_each_in_order_and_only_after_three_corroborated_samples_in_a_row_above_them() => Runs.Sample(run =>
    {
        var caps = new List<(decimal Cap, bool Corroborated, DateTimeOffset At)>();
        var reached = new List<long>();
        Play(run, (state, events, now) =>
        {
            if (events.OfType<PriceRecorded>().SingleOrDefault() is { } price)
            {
                caps.Add((state.MarketCap ?? 0, price.Corroborated, now));
            }

            foreach (var milestone in events.OfType<MilestoneReached>())
            {
                reached.Add(milestone.Milestone);
                var last = caps.TakeLast(3).ToList();
                Assert.Equal(3, last.Count);
                Assert.All(last, sample => Assert.True(sample.Corroborated && sample.Cap >= milestone.Milestone));
                Assert.True(last[1].At - last[0].At <= MarketRules.StaleAfter && last[2].At - last[1].At <= MarketRules.StaleAfter);
            }
        });
        Assert.Equal(MarketRules.Milestones.Take(reached.Count), reached);
    });

    [Fact]
    public void Replay_and_snapshot_give_the_live_state() => Runs.Sample(run =>
    {
        var journal = new List<IMarketEvent>();
        Play(run, (state, events, _) =>
        {
            journal.AddRange(events.Select(Wire.RoundTrip));
            var frozen = Definition.Freeze(state);
            var replayed = new Scenario<MarketState, IMarketCommand, IMarketEvent>(Definition, Mint).Given(journal).State;
            Assert.Equal(Wire.Json(frozen), Wire.Json(Definition.Freeze(replayed)));
            Assert.Equal(Wire.Json(frozen), Wire.Json(Definition.Freeze(Definition.Thaw(Mint, Wire.RoundTrip(frozen)))));
        });
    }, iter: 50);

    [Fact]
    public void A_view_never_throws_and_never_shows_an_unknown_figure_as_zero() => Runs.Sample(run => Play(run, (state, _, now) =>
    {
        var view = (MarketView)Definition.Answer(state, new GetMarket(), now.AddDays(1));
        Assert.Equal(state.Latest is null, view.Price is null);
        Assert.NotEqual(0, view.Price);
        Assert.Equal(view.Price is null || view.TotalSupply is null, view.MarketCap is null);
        Assert.True(view.Stale);
    }));

    private static void Play((int Seconds, int Price, int Sources, int Supply)[] run, Action<MarketState, IReadOnlyList<IMarketEvent>, DateTimeOffset> look)
    {
        decimal[] prices = [0.000000000000000001m, 0.0099m, 0.01m, 0.05m, 0.1m, 0.2m, 0.5m, 0.6m, 7m, 1_000_000m];
        TokenSupply?[] supplies = [new(1_000_000_000_000_000, 6), null, new(ulong.MaxValue, 9)];
        string[] feeds = ["a", "b", "c"];
        var market = new Scenario<MarketState, IMarketCommand, IMarketEvent>(Definition, Mint);
        var now = Start;
        foreach (var (seconds, price, sources, supply) in run)
        {
            now = now.AddSeconds(seconds);
            var agreed = sources == 0 ? null : new AgreedPrice(prices[price], now.AddSeconds(-3), "a", feeds[..sources]);
            var outcome = market.When(new RecordSample(Mint, agreed, supplies[supply], 3), now);
            Assert.IsType<SampleTaken>(outcome.Reply);
            look(market.State, outcome.Decision.Events, now);
        }
    }
}
