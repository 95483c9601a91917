using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace WildNOut.Realtime.Tests;

/// <summary>A message as a client sees it, whatever the protocol.</summary>
internal sealed record Seen(string Type, string Channel, long Sequence, DateTimeOffset Timestamp, int? Number);

/// <summary>An official client with what it received.</summary>
internal sealed class ArenaClient : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<Seen> _seen = Channel.CreateUnbounded<Seen>();

    public ArenaClient(HubConnection connection, bool messagePack)
    {
        Connection = connection;
        if (messagePack)
        {
            connection.On<Dictionary<string, object>>("Event", message => _seen.Writer.TryWrite(Read(message)));
        }
        else
        {
            connection.On<JsonElement>("Event", message => _seen.Writer.TryWrite(Read(message)));
        }
    }

    public HubConnection Connection { get; }

    public static Seen Read(JsonElement message) => new(
        message.GetProperty("type").GetString()!,
        message.GetProperty("channel").GetString()!,
        message.GetProperty("sequence").GetInt64(),
        message.GetProperty("timestamp").GetDateTimeOffset(),
        message.GetProperty("data") is { ValueKind: JsonValueKind.Object } data ? data.GetProperty("n").GetInt32() : null);

    public static Seen Read(Dictionary<string, object> message) => new(
        (string)message["type"],
        (string)message["channel"],
        Convert.ToInt64(message["sequence"], CultureInfo.InvariantCulture),
        DateTimeOffset.Parse((string)message["timestamp"], CultureInfo.InvariantCulture),
        message["data"] is Dictionary<object, object> data ? Convert.ToInt32(data["n"], CultureInfo.InvariantCulture) : null);

    public async Task<long> SubscribeAsync(string channel, long? after = null)
    {
        var answer = await Connection.InvokeAsync<Answer>("Subscribe", channel, after);
        Assert.Equal(channel, answer.Channel);
        return answer.Sequence;
    }

    public async Task<Seen> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _seen.Reader.ReadAsync(limit.Token);
    }

    public async Task<List<Seen>> NextAsync(int count)
    {
        var seen = new List<Seen>(count);
        while (seen.Count < count)
        {
            seen.Add(await NextAsync());
        }

        return seen;
    }

    public bool TryNext(out Seen seen) => _seen.Reader.TryRead(out seen!);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
