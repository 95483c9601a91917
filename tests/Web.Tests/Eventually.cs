using System.Diagnostics;

namespace WildNOut.Web.Tests;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        var patience = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "It did not come about.");
            await Task.Delay(50);
        }
    }
}
