using WildNOut.Web.Gateway;

namespace WildNOut.Web.Tests;

/// <summary>When the time of an ask is over.</summary>
public sealed class AskDeadlinesTests
{
    [Fact]
    public void Asks_that_begin_together_share_a_limit_and_later_ones_have_their_own()
    {
        var clock = new HandClock();
        var deadlines = new AskDeadlines(TimeSpan.FromSeconds(5), clock);
        var first = deadlines.Next();
        clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(first, deadlines.Next());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(first, deadlines.Next());
    }

    [Theory]
    [InlineData(5, 5.25)]
    [InlineData(2, 2.25)]
    [InlineData(1, 1.125)]
    public void Every_ask_has_its_whole_time_and_not_much_more(double limit, double most)
    {
        var clock = new HandClock();
        var deadlines = new AskDeadlines(TimeSpan.FromSeconds(limit), clock);
        deadlines.Next();
        Assert.Equal(TimeSpan.FromSeconds(most), clock.Limits.Single());
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public List<TimeSpan> Limits { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Limits.Add(dueTime);
            return System.CreateTimer(callback, state, dueTime, period);
        }

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
