using CsCheck;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>What a limit lets through.</summary>
public sealed class RateLimitTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_fifth_may_come_at_once_and_the_next_waits_for_its_share()
    {
        var limit = new RateLimit(100, Window);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(TimeSpan.Zero, limit.Wait(TimeSpan.Zero));
            limit.Take(TimeSpan.Zero);
        }

        Assert.Equal(Window / 80, limit.Wait(TimeSpan.Zero));
    }

    [Fact]
    public void No_window_ever_holds_more_than_the_limit() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 2_000].Array[0, 300]).Sample((calls, gaps) =>
    {
        var limit = new RateLimit(calls, Window);
        var (now, sent) = (TimeSpan.Zero, new List<TimeSpan>());
        foreach (var gap in gaps)
        {
            now += TimeSpan.FromMilliseconds(gap);
            var at = now + limit.Wait(now);
            limit.Take(at);
            sent.Add(at);
        }

        return sent.All(first => sent.Count(other => other >= first && other < first + Window) <= calls);
    });

    [Fact]
    public void A_limit_that_is_used_up_all_along_gives_four_fifths_of_it_in_the_long_run()
    {
        var limit = new RateLimit(40, Window);
        var at = TimeSpan.Zero;
        var sent = 0;
        for (; at < Window * 10; sent++)
        {
            limit.Take(at);
            at += limit.Wait(at);
        }

        Assert.InRange(sent, 320, 340);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 4, 8)]
    [InlineData(10, 4, 8)]
    public void A_backoff_doubles_up_to_its_bound_and_half_of_it_is_random(int failures, double least, double most)
    {
        Assert.Equal(least, Backoff.After(failures, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), 0).TotalSeconds, 3);
        Assert.Equal(most, Backoff.After(failures, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), 1).TotalSeconds, 3);
    }
}
