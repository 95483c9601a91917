using Akka.TestKit;
using Akka.TestKit.Xunit2;
using WildNOut.Chain.Prices;

namespace WildNOut.Chain.Tests.Prices;

/// <summary>How a feed is spared.</summary>
public sealed class GuardedFeedSpec() : TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private readonly StillClock _clock = new();
    private readonly ScriptedFeed _feed = new();

    [Fact]
    public async Task A_reading_is_rounded_to_eighteen_digits_and_impossible_amounts_are_unknown()
    {
        _feed.Answer = () => new PriceReading(1.0000000000000000004m, _clock.Now, -5, 7);
        Assert.Equal(new FeedObservation("scripted", new PriceReading(1m, _clock.Now, null, 7)), await Guarded().ReadAsync("mint", default));
    }

    [Fact]
    public async Task Impossible_prices_are_refused_and_the_last_good_one_stays()
    {
        var guarded = Guarded();
        var good = await guarded.ReadAsync("mint", default);
        foreach (var price in new[] { 0m, -1m, 0.0000000000000000001m, 1_000_000.01m, decimal.MaxValue })
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            _feed.Answer = () => new PriceReading(price, _clock.Now);
            Assert.Equal(new FeedObservation("scripted", good.Reading, "The feed gave an impossible price."), await guarded.ReadAsync("mint", default));
        }
    }

    [Fact]
    public async Task A_feed_is_not_asked_more_often_than_it_allows()
    {
        var guarded = Guarded();
        await guarded.ReadAsync("mint", default);
        _clock.Now += TimeSpan.FromSeconds(1);
        await guarded.ReadAsync("mint", default);
        Assert.Equal(1, _feed.Asked);
        _clock.Now += TimeSpan.FromSeconds(1);
        await guarded.ReadAsync("mint", default);
        Assert.Equal(2, _feed.Asked);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(86_400, 600)]
    public async Task A_feed_that_wants_to_be_left_alone_is_and_for_ten_minutes_at_most(int wanted, int granted)
    {
        var guarded = Guarded();
        _feed.Answer = () => throw new FeedException("The feed answered 429.", TimeSpan.FromSeconds(wanted));
        Assert.Equal(new FeedObservation("scripted", null, "The feed answered 429."), await guarded.ReadAsync("mint", default));
        _clock.Now += TimeSpan.FromSeconds(granted - 1);
        Assert.Equal("The feed answered 429.", (await guarded.ReadAsync("mint", default)).Fault);
        Assert.Equal(1, _feed.Asked);
        _clock.Now += TimeSpan.FromSeconds(1);
        _feed.Answer = () => new PriceReading(1, _clock.Now);
        Assert.Null((await guarded.ReadAsync("mint", default)).Fault);
    }

    [Fact]
    public async Task A_feed_that_fails_again_and_again_is_left_alone_then_tried_once_and_rested_longer()
    {
        var guarded = Guarded();
        var good = await guarded.ReadAsync("mint", default);
        _feed.Answer = () => throw new FeedException("The feed answered 500.");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new FeedObservation("scripted", good.Reading, "The feed answered 500."), await NextAsync(guarded));
        }

        Assert.StartsWith("The feed failed too often", (await NextAsync(guarded)).Fault, StringComparison.Ordinal);
        Assert.Equal(4, _feed.Asked);

        // Jitter adds at most a fifth.
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(19));
        Assert.Equal("The feed answered 500.", (await NextAsync(guarded)).Fault);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(19));
        Assert.StartsWith("The feed failed too often", (await NextAsync(guarded)).Fault, StringComparison.Ordinal);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(19));
        _feed.Answer = () => new PriceReading(2, _clock.Now);
        Assert.Equal(2, (await NextAsync(guarded)).Reading!.Price);
        Assert.Null((await NextAsync(guarded)).Fault);
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_is_given_up()
    {
        _feed.Hang = true;
        var guarded = new GuardedFeed(_feed, Sys.Scheduler, _clock, new FeedPatience { Answer = TimeSpan.FromMilliseconds(30) });
        var asked = guarded.ReadAsync("mint", default);
        await _feed.Reached.Task;
        AwaitCondition(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(31));
            return asked.IsCompleted;
        });
        Assert.Equal("The feed did not answer in time.", (await asked).Fault);
    }

    [Fact]
    public async Task Whoever_stops_waiting_hears_of_it()
    {
        _feed.Hang = true;
        using var stop = new CancellationTokenSource();
        var asked = Guarded().ReadAsync("mint", stop.Token);
        await _feed.Reached.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private GuardedFeed Guarded() => new(_feed, Sys.Scheduler, _clock);

    private Task<FeedObservation> NextAsync(GuardedFeed guarded)
    {
        _clock.Now += TimeSpan.FromMinutes(1);
        return guarded.ReadAsync("mint", default);
    }
}
