using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using WildNOut.Web.Realtime;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class LimitTests(ArenaHost host) : IClassFixture<ArenaHost>
{
    [Fact]
    public async Task A_connection_has_at_most_fifty_subscriptions()
    {
        await using var client = await host.ClientAsync();
        var channels = Enumerable.Range(0, ArenaHub.MaxSubscriptions).Select(_ => Given.BattleChannel()).ToList();
        foreach (var channel in channels)
        {
            await client.SubscribeAsync(channel);
        }

        var error = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync("battles"));
        Assert.Equal("limit_exceeded", JsonDocument.Parse(error.Message).RootElement.GetProperty("code").GetString());
        Assert.True(await client.SubscribeAsync(channels[0]) > 0);
        await client.Connection.InvokeAsync("Unsubscribe", channels[1]);
        Assert.True(await client.SubscribeAsync("battles") > 0);
    }

    [Fact]
    public async Task A_user_has_at_most_ten_connections()
    {
        var clients = new List<ArenaClient>();
        for (var n = 0; n < ArenaHub.MaxConnectionsAUser; n++)
        {
            clients.Add(await host.ClientAsync(user: "crowd"));
            await clients[n].SubscribeAsync("battles");
        }

        Assert.Contains("limit_exceeded", (await ClosedAsync(host.Connection(user: "crowd")))?.Message, StringComparison.Ordinal);
        await using var other = await host.ClientAsync(user: "other");
        Assert.True(await other.SubscribeAsync("battles") > 0);

        await clients[0].DisposeAsync();
        await Eventually.Is(async () =>
        {
            await using var again = await host.ClientAsync(user: "crowd");
            try
            {
                return await again.SubscribeAsync("battles") > 0;
            }
            catch (Exception error) when (error is HubException or OperationCanceledException or InvalidOperationException)
            {
                return false;
            }
        });
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_beyond_the_bound_ends_its_connection()
    {
        await using var client = await host.ClientAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => client.SubscribeAsync(new string('x', RealtimeSetup.MaxMessageBytes)));

        await Eventually.Is(() => Task.FromResult(client.Connection.State == HubConnectionState.Disconnected));
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        var expires = DateTimeOffset.UtcNow.AddSeconds(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var connection = host.Connection(user: $"ada/user/{expires}", reconnects: true);
        var left = new TaskCompletionSource();
        connection.Reconnecting += _ =>
        {
            left.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        Assert.Equal("battles", (await connection.InvokeAsync<Answer>("Subscribe", "battles")).Channel);

        await left.Task.WaitAsync(ArenaClient.Patience);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_leaves_tells_its_clients_to_reconnect()
    {
        var leaving = new ArenaHost();
        await leaving.InitializeAsync();
        using var client = await RawClient.ConnectAsync(leaving);
        // The answer to a call says that the node knows the connection; a handshake alone does not.
        await client.CallAsync("Unsubscribe", "battles");
        Assert.Equal(3, (await client.ReadAsync()).GetProperty("type").GetInt32());

        var stopping = leaving.StopAsync();

        var close = await client.ReadAsync();
        while (close.GetProperty("type").GetInt32() != 7)
        {
            close = await client.ReadAsync();
        }

        Assert.True(close.GetProperty("allowReconnect").GetBoolean());
        await stopping.WaitAsync(ArenaClient.Patience);
        await leaving.DisposeAsync();
    }

    private static async Task<Exception?> ClosedAsync(HubConnection connection)
    {
        var closed = new TaskCompletionSource<Exception?>();
        connection.Closed += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        var error = await closed.Task.WaitAsync(ArenaClient.Patience);
        await connection.DisposeAsync();
        return error;
    }
}
