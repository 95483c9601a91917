using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests;

/// <summary>When the gateway stops asking a region, and how it finds out that the region is back.</summary>
public sealed class RegionBreakerTests
{
    private static readonly GatewayOptions Options = new() { FailuresToOpen = 3 };
    private readonly HandClock _clock = new();
    private readonly RegionBreaker _breaker;

    public RegionBreakerTests() => _breaker = new RegionBreaker(Options, _clock);

    [Fact]
    public void It_opens_after_failures_in_a_row_and_a_success_between_them_counts_anew()
    {
        Fail(2);
        _breaker.Succeed();
        Fail(2);
        Assert.False(_breaker.IsOpen);
        Fail(1);

        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void When_the_time_is_over_one_ask_goes_out_and_the_others_do_not()
    {
        Fail(3);
        _clock.Advance(Options.OpenFor);

        Assert.True(_breaker.TryEnter());
        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void An_answer_to_the_probe_lets_everybody_through()
    {
        Fail(3);
        _clock.Advance(Options.OpenFor);
        Assert.True(_breaker.TryEnter());
        _breaker.Succeed();

        Assert.True(_breaker.TryEnter());
        Assert.True(_breaker.TryEnter());
    }

    [Fact]
    public void A_failed_probe_is_followed_by_another_after_the_same_time()
    {
        Fail(3);
        for (var round = 0; round < 5; round++)
        {
            _clock.Advance(Options.OpenFor);
            Assert.True(_breaker.TryEnter());
            _breaker.Fail();
            Assert.False(_breaker.TryEnter());
        }
    }

    [Fact]
    public void Failures_of_asks_that_were_sent_before_do_not_put_the_next_try_off()
    {
        Fail(3);
        for (var late = 0; late < 10; late++)
        {
            _clock.Advance(Options.OpenFor / 10);
            _breaker.Fail();
        }

        Assert.True(_breaker.TryEnter());
    }

    [Fact]
    public void A_probe_that_never_returns_does_not_keep_the_door_shut()
    {
        Fail(3);
        _clock.Advance(Options.OpenFor);
        Assert.True(_breaker.TryEnter());
        _clock.Advance(Options.OpenFor + Options.ProbeTimeout);

        Assert.True(_breaker.TryEnter());
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Fail();
        }
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
