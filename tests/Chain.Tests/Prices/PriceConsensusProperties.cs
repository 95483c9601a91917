using CsCheck;
using WildNOut.Chain.Prices;

namespace WildNOut.Chain.Tests.Prices;

/// <summary>What holds for the agreed price whatever the feeds say.</summary>
public sealed class PriceConsensusProperties
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConsensusRules Rules = new();

    private static readonly Gen<FeedObservation> One =
        Gen.Select(
            Gen.Frequency((6, Gen.Long[95, 105]), (3, Gen.Long[50, 200]), (1, Gen.Long[1, 1_000_000_000])),
            Gen.Int[-15, 90],
            Gen.Frequency((4, Gen.Const((decimal?)null)), (4, Gen.Const((decimal?)50_000m)), (2, Gen.Const((decimal?)999m))),
            Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))))
        .Select((price, age, liquidity, spoke) => new FeedObservation("", spoke ? new PriceReading(price / 100_000m, Now.AddSeconds(-age), liquidity) : null));

    private static readonly Gen<FeedObservation[]> Feeds =
        One.Array[0, 7].Select(all => all.Select((one, i) => one with { Source = $"feed-{i}" }).ToArray());

    [Fact]
    public void Every_feed_is_accounted_for_once_and_those_used_are_those_named() => Feeds.Sample(feeds =>
    {
        var result = Of(feeds);
        Assert.Equal(feeds.Select(feed => feed.Source).Order(StringComparer.Ordinal), result.Sources.Select(source => source.Source));
        Assert.Equal(result.Price?.Sources ?? [], result.Sources.Where(source => source.Refusal is null).Select(source => source.Source));
    });

    [Fact]
    public void The_price_lies_within_what_the_used_feeds_say_and_is_as_old_as_one_of_them() => Feeds.Sample(feeds =>
    {
        if (Of(feeds).Price is { } price)
        {
            var used = feeds.Where(feed => price.Sources.Contains(feed.Source)).Select(feed => feed.Reading!).ToList();
            Assert.InRange(price.Value, used.Min(reading => reading.Price), used.Max(reading => reading.Price));
            Assert.Contains(price.At, used.Select(reading => reading.At));
            Assert.All(price.From.Split('+'), name => Assert.Contains(name, price.Sources));
        }
    });

    [Fact]
    public void Nothing_old_thin_or_from_the_future_is_used() => Feeds.Sample(feeds =>
    {
        foreach (var used in Of(feeds).Sources.Where(source => source.Refusal is null))
        {
            Assert.InRange(Now - used.At!.Value, -Rules.ClockSkew, Rules.MaxAge);
            Assert.False(used.LiquidityUsd < Rules.LeastLiquidityUsd);
        }
    });

    [Fact]
    public void There_is_a_price_only_where_more_than_half_of_the_fresh_ones_agree() => Feeds.Sample(feeds =>
    {
        var fresh = feeds.Count(Fresh);
        Assert.True(Of(feeds).Price is not { } price || price.Sources.Count * 2 > fresh);
    });

    [Fact]
    public void The_order_in_which_feeds_are_named_does_not_matter() =>
        Gen.Select(Feeds, Gen.Int).Sample((feeds, seed) =>
        {
            var shuffled = feeds.ToArray();
            new Random(seed).Shuffle(shuffled);
            var (one, other) = (Of(feeds), Of(shuffled));
            Assert.Equal((one.Price?.Value, one.Price?.At, one.Price?.From), (other.Price?.Value, other.Price?.At, other.Price?.From));
            Assert.Equal(one.Sources, other.Sources);
        });

    [Fact]
    public void A_minority_of_liars_moves_the_price_no_further_than_the_honest_ones_reach() =>
        Gen.Select(Gen.Int[2, 5], Gen.Long[1, 1_000_000_000].Array[1, 4], Gen.Int[0, 1000]).Sample((honest, lies, jitter) =>
        {
            var liars = lies.Take(honest - 1).ToList();
            var truth = Enumerable.Range(0, honest).Select(i => Said($"honest-{i}", 100m + (jitter * (i + 1) % 100) / 100m)).ToList();
            var result = Of([.. truth, .. liars.Select((lie, i) => Said($"liar-{i}", lie / 1000m))]);
            Assert.NotNull(result.Price);
            Assert.InRange(result.Price.Value, 100m, 101m);
        });

    [Fact]
    public void Two_that_differ_widely_give_no_price_and_it_is_said_why()
    {
        var result = Of([Said("a", 1m), Said("b", 2m)]);
        Assert.Null(result.Price);
        Assert.All(result.Sources, source => Assert.Equal("The feeds do not agree.", source.Refusal));
    }

    [Fact]
    public void Two_that_nearly_agree_give_the_middle_and_the_older_time()
    {
        var result = Of([Said("b", 1.1m, 20), Said("a", 1.0m)]);
        Assert.Equal((1.05m, Now.AddSeconds(-20), "a+b"), (result.Price!.Value, result.Price.At, result.Price.From));
    }

    [Fact]
    public void One_alone_is_believed_and_an_outlier_among_three_is_named()
    {
        Assert.Equal(5m, Of([Said("a", 5m)]).Price!.Value);
        var result = Of([Said("a", 1m), Said("b", 1.02m), Said("c", 9m)]);
        Assert.Equal((1.01m, 2), (result.Price!.Value, result.Price.Sources.Count));
        Assert.Equal([null, null, "It lies too far from what the others say."], result.Sources.Select(source => source.Refusal));
    }

    [Fact]
    public void A_fault_is_told_in_the_feed_s_own_words_and_a_reading_that_is_still_fresh_counts_in_spite_of_it()
    {
        var result = Of([new("a", null, "The feed answered 500."), new("b", new PriceReading(1, Now.AddSeconds(-70)), "The feed answered 429."), Said("c", 1m) with { Fault = "x" }]);
        Assert.Equal(["The feed answered 500.", "The feed answered 429.", null], result.Sources.Select(source => source.Refusal));
    }

    private static ConsensusResult Of(IEnumerable<FeedObservation> feeds) => PriceConsensus.Of(feeds, Rules, Now);

    private static FeedObservation Said(string source, decimal price, int age = 0) => new(source, new PriceReading(price, Now.AddSeconds(-age)));

    private static bool Fresh(FeedObservation one) =>
        one.Reading is { } reading && Now - reading.At <= Rules.MaxAge && reading.At - Now <= Rules.ClockSkew && !(reading.LiquidityUsd < Rules.LeastLiquidityUsd);
}
