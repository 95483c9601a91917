using Microsoft.Extensions.Time.Testing;
using WildNOut.Actors.Engine.Policies;
using Xunit;

namespace WildNOut.Actors.Tests.Shell;

public sealed class DutyCycleSpec
{
    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(2, 20, 200)]
    [InlineData(2, 50, 500)]
    [InlineData(2, 100_000_000, 500)]
    [InlineData(0, 20, 0)]
    public async Task It_rests_the_longer_the_longer_work_took_but_not_for_ever(int brisk, int took, int pause)
    {
        var clock = new FakeTimeProvider();
        var running = new DutyCycle(TimeSpan.FromMilliseconds(brisk), clock).RunAsync(Work, default);
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
        await Assert.ThrowsAsync<InvalidOperationException>(() => new DutyCycle(DutyCycle.Brisk, new FakeTimeProvider()).RunAsync(() => throw new InvalidOperationException(), default));
}
