using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using WildNOut.Web.Realtime;

namespace WildNOut.Realtime.Tests;

/// <summary>A WebSocket that speaks the JSON protocol by hand, so that it can stop reading.</summary>
internal sealed class RawClient : IDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _messages = new();
    private readonly StringBuilder _text = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<RawClient> ConnectAsync(ArenaHost host)
    {
        var client = new RawClient();
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await client._socket.ConnectAsync(new UriBuilder(host.Hub) { Scheme = "ws" }.Uri, CancellationToken.None);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        await client.ReadAsync();
        return client;
    }

    /// <summary>Calls a method with a channel as its only argument.</summary>
    public Task CallAsync(string method, string channel, bool stream = false) =>
        SendAsync($$"""{"type":{{(stream ? 4 : 1)}},"invocationId":"1","target":"{{method}}","arguments":["{{channel}}"]}""");

    /// <summary>The next message of any type.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        using var limit = new CancellationTokenSource(ArenaClient.Patience);
        while (_messages.Count == 0)
        {
            var read = await _socket.ReceiveAsync(_buffer, limit.Token);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            _text.Append(Encoding.UTF8.GetString(_buffer, 0, read.Count));
            Split();
        }

        return _messages.Dequeue();
    }

    /// <summary>The next message of a channel, whether it comes as an event or as an item of a stream.</summary>
    public async Task<Seen> NextAsync()
    {
        while (true)
        {
            var message = await ReadAsync();
            switch (message.GetProperty("type").GetInt32())
            {
                case 1 when message.GetProperty("target").GetString() == FeedItem.Method: return ArenaClient.Read(message.GetProperty("arguments")[0]);
                case 2: return ArenaClient.Read(message.GetProperty("item"));
                default: break;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Split()
    {
        var parts = _text.ToString().Split(End);
        foreach (var part in parts[..^1])
        {
            _messages.Enqueue(JsonDocument.Parse(part).RootElement);
        }

        _text.Clear().Append(parts[^1]);
    }

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
