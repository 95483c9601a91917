using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class FeedTests(ArenaHost host) : IClassFixture<ArenaHost>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_feed_streams_what_was_missed_and_then_what_is_new(bool messagePack)
    {
        var channel = Given.BattleChannel();
        await using var client = await host.ClientAsync(messagePack);
        var start = await client.SubscribeAsync(channel);
        host.Publish(Given.Announcement(1, channel: channel));
        host.Publish(Given.Announcement(2, channel: channel));
        await client.NextAsync(2);

        var seen = new List<Seen>();
        await foreach (var message in Stream(client, messagePack, channel, start))
        {
            seen.Add(message);
            if (seen.Count == 2)
            {
                host.Publish(Given.Announcement(3, channel: channel));
            }

            if (seen.Count == 3)
            {
                break;
            }
        }

        Assert.Equal([(start + 1, 1), (start + 2, 2), (start + 3, 3)], seen.Select(message => (message.Sequence, message.Number!.Value)));
    }

    [Fact]
    public async Task An_open_feed_leaves_room_for_calls_and_its_end_lets_go_of_the_channel()
    {
        var channel = Given.BattleChannel();
        await using var client = await host.ClientAsync();
        using var end = new CancellationTokenSource();
        var items = client.Connection.StreamAsync<JsonElement>("Feed", channel, cancellationToken: end.Token).GetAsyncEnumerator();
        var next = items.MoveNextAsync().AsTask();
        await Eventually.Is(() => Task.FromResult(host.Fanout.Find(channel)?.Seen is not null));

        Assert.True(await client.SubscribeAsync("battles") > 0);
        host.Publish(Given.Announcement(1, channel: channel));
        Assert.True(await next);
        await end.CancelAsync();

        await Eventually.Is(() => Task.FromResult(host.Fanout.Find(channel) is null));
    }

    private static async IAsyncEnumerable<Seen> Stream(ArenaClient client, bool messagePack, string channel, long? after)
    {
        if (messagePack)
        {
            await foreach (var message in client.Connection.StreamAsync<Dictionary<string, object>>("Feed", channel, after))
            {
                yield return ArenaClient.Read(message);
            }
        }
        else
        {
            await foreach (var message in client.Connection.StreamAsync<JsonElement>("Feed", channel, after))
            {
                yield return ArenaClient.Read(message);
            }
        }
    }
}
