using Microsoft.Extensions.Time.Testing;
using WildNOut.Actors.Engine.Policies;
using Xunit;

namespace WildNOut.Actors.Tests.Shell;

public sealed class DutyCycleSpec
{
    [Theory]
    [InlineData(3, 20, 60)]
    [InlineData(9, 1_000, 5_000)]
    [InlineData(0, 20, 0)]
    public async Task It_rests_for_a_multiple_of_the_time_that_work_took_but_not_for_ever(int rest, int took, int pause)
    {
        var clock = new FakeTimeProvider();
        var running = new DutyCycle(rest, clock).RunAsync(Work, default);
        if (pause > 0)
        {
            clock.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.False(running.IsCompleted);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await running.WaitAsync(TimeSpan.FromSeconds(5));

        Task Work()
        {
            clock.Advance(TimeSpan.FromMilliseconds(took));
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Work_that_fails_is_told_of_at_once() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new DutyCycle(9, new FakeTimeProvider()).RunAsync(() => throw new InvalidOperationException(), default));
}
