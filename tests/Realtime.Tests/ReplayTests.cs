using WildNOut.Actors.Engine.Channels;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class ReplayTests(ArenaHost host) : IClassFixture<ArenaHost>
{
    private const int Published = 600;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task Whatever_the_disconnections_the_reader_sees_each_message_once_and_in_order(int seed, bool messagePack)
    {
        var (channel, random) = (Given.BattleChannel(), new Random(seed));
        long last;
        await using (var scout = await host.ClientAsync())
        {
            last = await scout.SubscribeAsync(channel);
        }

        var publishing = PublishAsync(channel);
        var numbers = new List<int>();
        while (numbers.Count < Published)
        {
            await using var client = await host.ClientAsync(messagePack);
            await client.SubscribeAsync(channel, last);
            for (var left = random.Next(0, 120); left > 0 && numbers.Count < Published; left--)
            {
                var seen = await client.NextAsync();
                Assert.Equal(last + 1, seen.Sequence);
                (last, _) = (seen.Sequence, 0);
                numbers.Add(seen.Number!.Value);
            }
        }

        await publishing;
        Assert.Equal(Enumerable.Range(1, Published), numbers);
    }

    [Fact]
    public async Task Many_readers_that_come_at_any_moment_miss_nothing()
    {
        var channel = Given.BattleChannel();
        await using var first = await host.ClientAsync();
        var start = await first.SubscribeAsync(channel);
        var publishing = PublishAsync(channel);

        var readers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async n =>
        {
            await using var client = await host.ClientAsync(messagePack: n % 2 == 0);
            await client.SubscribeAsync(channel, start);
            return await client.NextAsync(Published);
        }));

        await publishing;
        Assert.All(readers, seen => Assert.Equal(Enumerable.Range(1, Published), seen.Select(message => message.Number!.Value)));
    }

    [Fact]
    public void A_reader_that_takes_slowly_skips_what_was_superseded_and_nothing_else()
    {
        var feed = new ChannelFeed("battles", TimeProvider.System);
        feed.Apply(new ChannelMessages("battles", 100, 100, [], Restart: true));
        var reader = new ChannelReader(feed, static _ => { });
        Assert.True(feed.TryStart(reader, null, final: false, out _));

        for (var n = 101; n <= 1_100; n++)
        {
            feed.Apply(Batch(n, n % 100 == 50 ? null : "tally"));
        }

        var taken = new List<long>();
        while (reader.Take() is { } item)
        {
            taken.Add(item.Sequence);
        }

        Assert.Equal([150, 250, 350, 450, 550, 650, 750, 850, 950, 1_050, 1_100], taken);
    }

    [Fact]
    public void A_lost_message_is_noticed()
    {
        var feed = new ChannelFeed("battles", TimeProvider.System);
        feed.Apply(new ChannelMessages("battles", 100, 100, [], Restart: true));

        Assert.False(feed.Apply(Batch(102, null)));
        Assert.Equal(100, feed.Seen);
        Assert.True(feed.Apply(Batch(101, null)));
        Assert.True(feed.Apply(Batch(101, null)));
        Assert.Equal(101, feed.Seen);
    }

    [Fact]
    public void A_restart_spares_those_who_can_go_on()
    {
        var feed = new ChannelFeed("battles", TimeProvider.System);
        feed.Apply(new ChannelMessages("battles", 100, 100, [], Restart: true));
        var (ahead, behind) = (new ChannelReader(feed, static _ => { }), new ChannelReader(feed, static _ => { }));
        feed.TryStart(ahead, 100, final: true, out _);
        feed.TryStart(behind, 100, final: true, out _);
        for (var n = 101; n <= 105; n++)
        {
            feed.Apply(Batch(n, null));
        }

        while (ahead.Take() is not null)
        {
        }

        feed.Apply(new ChannelMessages("battles", 104, 106, [Message(105, null), Message(106, null)], Restart: true));

        Assert.Equal(106, ahead.Take()?.Sequence);
        Assert.Equal(ArenaMessage.Reload, behind.Take()?.Message.Type);
        Assert.Null(behind.Take());
    }

    private static ChannelMessages Batch(long sequence, string? foldKey) =>
        new("battles", sequence - 1, sequence, [Message(sequence, foldKey)]);

    private static ChannelMessage Message(long sequence, string? foldKey) => new(sequence, "battle.vote", Given.Noon, "{}"u8.ToArray(), foldKey);

    private async Task PublishAsync(string channel)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var n = 1; n <= Published; n++)
        {
            host.Publish(Given.Announcement(n, channel: channel));
            if (n % 5 == 0)
            {
                await pace.WaitForNextTickAsync();
            }
        }
    }
}
