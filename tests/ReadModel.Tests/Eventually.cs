using System.Diagnostics;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>Polls a condition until a deadline.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), "It did not come true within 20 s.");
            await Task.Delay(10);
        }
    }
}
