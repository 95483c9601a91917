using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace WildNOut.Benchmarks.FanOut;

/// <summary>Clients of the official .NET library, as an application would use it.</summary>
internal sealed class OfficialClients : IAsyncDisposable
{
    private readonly List<HubConnection> _connections = [];
    private readonly List<Watcher> _watchers = [];

    /// <summary>What each client has seen.</summary>
    public IReadOnlyList<Watcher> Watchers => _watchers;

    /// <summary>Connects one more and subscribes.</summary>
    public async Task Add(Uri server, string token, string channel, Watcher watcher)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/arena"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();
        connection.On<JsonElement>("Event", message => See(watcher, message));
        connection.Closed += _ =>
        {
            watcher.Lost = true;
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        await connection.InvokeAsync<JsonElement>("Subscribe", channel, (long?)null);
        _connections.Add(connection);
        _watchers.Add(watcher);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static void See(Watcher watcher, JsonElement message)
    {
        var type = message.GetProperty("type").GetString()!;
        var votes = type == "battle.vote" ? message.GetProperty("data").GetProperty("voteCount").GetInt32() : 0;
        var sequence = message.TryGetProperty("sequence", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : 0;
        watcher.See(Encoding.ASCII.GetBytes(type), sequence, votes);
    }
}
