using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class ArenaHubTests(ArenaHost host) : IClassFixture<ArenaHost>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscriber_gets_what_is_published_from_then_on(bool messagePack)
    {
        var channel = Given.BattleChannel();
        await using var client = await host.ClientAsync(messagePack);
        host.Publish(Given.Announcement(1, channel: channel));
        await Eventually.Is(async () => await client.SubscribeAsync(channel) % 1_000 == 1);
        var sequence = await client.SubscribeAsync(channel);

        host.Publish(Given.Announcement(2, channel: channel));
        host.Publish(Given.Announcement(3, "tally", channel));

        Assert.Equal(new Seen("battle.created", channel, sequence + 1, Given.Noon, 2), await client.NextAsync());
        Assert.Equal(new Seen("battle.vote", channel, sequence + 2, Given.Noon, 3), await client.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_number_may_be_left_out(bool messagePack)
    {
        await using var client = await host.ClientAsync(messagePack);

        var answer = await client.Connection.InvokeAsync<Answer>("Subscribe", "battles");

        Assert.Equal("battles", answer.Channel);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_comes_back_gets_what_it_missed_and_then_what_is_new(bool messagePack)
    {
        var channel = Given.BattleChannel();
        long last;
        await using (var first = await host.ClientAsync(messagePack))
        {
            last = await first.SubscribeAsync(channel);
            host.Publish(Given.Announcement(1, channel: channel));
            last = (await first.NextAsync()).Sequence;
        }

        host.Publish(Given.Announcement(2, channel: channel));
        host.Publish(Given.Announcement(3, channel: channel));
        await using var second = await host.ClientAsync(messagePack);
        await second.SubscribeAsync(channel, last);
        host.Publish(Given.Announcement(4, channel: channel));

        Assert.Equal([(last + 1, 2), (last + 2, 3), (last + 3, 4)], (await second.NextAsync(3)).Select(seen => (seen.Sequence, seen.Number!.Value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public async Task A_number_that_cannot_be_continued_gets_one_reload(long after)
    {
        var channel = Given.BattleChannel();
        await using var client = await host.ClientAsync();

        var sequence = await client.SubscribeAsync(channel, after);
        host.Publish(Given.Announcement(1, channel: channel));

        var reload = await client.NextAsync();
        Assert.Equal((ArenaMessage.Reload, channel, sequence, null), (reload.Type, reload.Channel, reload.Sequence, reload.Number));
        Assert.Equal((sequence + 1, 1), ((await client.NextAsync()) is var seen ? (seen.Sequence, seen.Number!.Value) : default));
    }

    [Fact]
    public async Task A_channel_that_moved_tells_its_readers_to_reload_and_goes_on()
    {
        var channel = Given.BattleChannel();
        await using var client = await host.ClientAsync();
        var sequence = await client.SubscribeAsync(channel);
        host.Publish(Given.Announcement(1, channel: channel));
        await client.NextAsync();

        await host.MoveAsync(channel);

        var reload = await client.NextAsync();
        Assert.Equal(ArenaMessage.Reload, reload.Type);
        Assert.True(reload.Sequence > sequence);
        host.Publish(Given.Announcement(2, channel: channel));
        Assert.Equal(2, (await client.NextAsync()).Number);
    }

    [Fact]
    public async Task After_unsubscribing_nothing_comes_and_the_node_lets_go_of_the_channel()
    {
        var (left, kept) = (Given.BattleChannel(), Given.BattleChannel());
        await using var client = await host.ClientAsync();
        await client.SubscribeAsync(left);
        await client.SubscribeAsync(kept);

        await client.Connection.InvokeAsync("Unsubscribe", left);
        host.Publish(Given.Announcement(1, channel: left));
        host.Publish(Given.Announcement(2, channel: kept));

        Assert.Equal(2, (await client.NextAsync()).Number);
        await Eventually.Is(() => Task.FromResult(host.Fanout.Find(left) is null));
        Assert.NotNull(host.Fanout.Find(kept));
    }

    [Theory]
    [InlineData("battles ", null, "validation_error")]
    [InlineData("", null, "validation_error")]
    [InlineData("nothing", null, "validation_error")]
    [InlineData("battle:x", null, "validation_error")]
    [InlineData("battle:0193E000-0000-7000-8000-000000000000", null, "validation_error")]
    [InlineData("battles\n", null, "validation_error")]
    [InlineData("token:x", null, "validation_error")]
    [InlineData("content:0193e000-0000-7000-8000-000000000000", null, "not_found")]
    [InlineData("chat:lobby", null, "not_found")]
    [InlineData("user:ada:followers", "ada", "not_found")]
    [InlineData("user:ada", null, "unauthorized")]
    [InlineData("user:ada", "bob", "forbidden")]
    [InlineData("user:ada", "mo/moderator", "forbidden")]
    [InlineData("moderation", null, "unauthorized")]
    [InlineData("moderation", "ada", "forbidden")]
    public async Task A_channel_is_refused_with_the_error_object(string channel, string? user, string code)
    {
        await using var client = await host.ClientAsync(user: user);

        var subscribe = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync(channel));
        var feed = await Assert.ThrowsAsync<HubException>(() => client.Connection.StreamAsync<JsonElement>("Feed", channel).GetAsyncEnumerator().MoveNextAsync().AsTask());

        Assert.All([subscribe, feed], error =>
        {
            var body = JsonDocument.Parse(error.Message).RootElement;
            Assert.Equal(code, body.GetProperty("code").GetString());
            Assert.True(body.TryGetProperty("message", out _) && body.TryGetProperty("details", out _));
        });
    }

    [Theory]
    [InlineData("user:ada", "ada")]
    [InlineData("moderation", "mo/moderator")]
    [InlineData("moderation", "root/admin")]
    public async Task A_private_channel_opens_to_whom_it_belongs(string channel, string user)
    {
        await using var client = await host.ClientAsync(user: user);

        Assert.True(await client.SubscribeAsync(channel) > 0);
    }

    [Theory]
    [InlineData("Subscribe", 1, "x")]
    [InlineData("Subscribe", "battles", "x")]
    [InlineData("Subscribe", null, null)]
    [InlineData("Nothing", "battles", 1)]
    public async Task A_call_that_makes_no_sense_gets_the_error_object(string method, object? first, object? second)
    {
        await using var client = await host.ClientAsync();

        var error = await Assert.ThrowsAsync<HubException>(() => client.Connection.InvokeAsync(method, first, second));

        Assert.Equal("validation_error", JsonDocument.Parse(error.Message).RootElement.GetProperty("code").GetString());
    }
}
