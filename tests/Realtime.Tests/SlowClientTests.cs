using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class SlowClientTests(ArenaHost host) : IClassFixture<ArenaHost>
{
    private const int Slow = 4;
    private const int Published = 2_000;
    private const long Bound = 64 * 1024 * 1024;

    private static readonly string Padding = new('x', 20_000);

    [Theory]
    [InlineData("Subscribe", false)]
    [InlineData("Feed", true)]
    public async Task Clients_that_stop_reading_neither_slow_others_nor_grow_memory_and_are_told_to_reload(string method, bool stream)
    {
        var channel = Given.BattleChannel();
        await using var fast = await host.ClientAsync();
        await fast.SubscribeAsync(channel);
        var stopped = new List<RawClient>();
        for (var n = 0; n < Slow; n++)
        {
            stopped.Add(await RawClient.ConnectAsync(host));
            await stopped[n].CallAsync(method, channel, stream);
        }

        await Eventually.Is(() => Task.FromResult(host.Fanout.Find(channel)!.Readers == Slow + 1));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var n = 1; n <= Published; n++)
        {
            host.Publish(Given.Announcement(n, channel: channel, padding: Padding));
            if (n % 20 == 0)
            {
                Assert.Equal(Enumerable.Range(n - 19, 20), (await fast.NextAsync(20)).Select(seen => seen.Number!.Value));
            }
        }

        // What went out to each client that does not read would be 40 MB.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Bound);
        foreach (var client in stopped)
        {
            await ReadsOnAsync(client);
            client.Dispose();
        }
    }

    /// <summary>Everything in order up to some point, one reload, and in order again.</summary>
    private static async Task ReadsOnAsync(RawClient client)
    {
        var (last, reloads) = (0, 0);
        while (last < Published && reloads == 0)
        {
            var seen = await client.NextAsync();
            if (seen.Type == ArenaMessage.Reload)
            {
                reloads++;
            }
            else
            {
                Assert.Equal(last + 1, seen.Number);
                last = seen.Number!.Value;
            }
        }

        Assert.Equal(1, reloads);
    }
}
