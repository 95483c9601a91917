using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace WildNOut.Chain.Tests.Rpc;

/// <summary>A clock that moves when told, and tells what is waited for.</summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that somebody begins, time-outs of this length left aside.</summary>
    public async Task<TimeSpan> WaitedForAsync(TimeSpan timeout)
    {
        while (true)
        {
            var due = await _timers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            if (due != timeout)
            {
                return due;
            }
        }
    }
}
