using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>Conditions that come true some time soon.</summary>
internal static class Eventually
{
    public static async Task Is(Func<Task<bool>> condition)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(ArenaClient.Patience);
        while (!await condition())
        {
            Assert.True(await pace.WaitForNextTickAsync(limit.Token));
        }
    }
}
