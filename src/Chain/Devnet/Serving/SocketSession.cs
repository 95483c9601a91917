using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>One WebSocket: takes subscriptions and sends notices. Whoever reads too slowly is cut off, as nothing is ever sent again.</summary>
internal sealed class SocketSession(WebSocket socket, SimulatedChain chain, DevnetFaults faults, SubscriptionMethods methods, SubscriptionIds ids)
{
    private const int Waiting = 8_192;
    private const int LongestRequest = 64 * 1024;

    private readonly Dictionary<ulong, Subscription> _subscriptions = [];
    private readonly Channel<Incoming> _incoming = Channel.CreateBounded<Incoming>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    /// <summary>Serves the socket until it closes, is cut off, or shall end.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken cancellation)
    {
        var life = faults.Strikes(DevnetFault.SocketDropped, "socket")?.Delay ?? Timeout.InfiniteTimeSpan;
        using var dropped = new CancellationTokenSource(life, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, dropped.Token);
        using var listening = chain.Listen(step => Take(new Incoming(step, null)));
        var receiving = ReceiveAsync(ended.Token);
        try
        {
            await SendAsync(ended.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The other side went away, or this one shall end: either way the socket is cut off below.
        }

        socket.Abort();
        await receiving;
    }

    private void Take(Incoming incoming)
    {
        if (!_incoming.Writer.TryWrite(incoming))
        {
            _incoming.Writer.TryComplete();
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new byte[LongestRequest];
        try
        {
            while (await ReadAsync(buffer, cancellation) is { } length)
            {
                Take(new Incoming(null, buffer[..length]));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // Nothing more will be asked.
        }

        _incoming.Writer.TryComplete();
    }

    /// <summary>The length of the next message; null when there is none or it is too long.</summary>
    private async Task<int?> ReadAsync(byte[] buffer, CancellationToken cancellation)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return length;
            }
        }

        return null;
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        await foreach (var incoming in _incoming.Reader.ReadAllAsync(cancellation))
        {
            if (faults.Strikes(DevnetFault.Down, "socket") is not null)
            {
                return;
            }

            if (incoming.Step is { } step)
            {
                await NotifyAsync(step, cancellation);
            }
            else if (incoming.Request is { } request)
            {
                await SendAsync(json => Answer(json, request), cancellation);
            }
        }

        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
    }

    private async Task NotifyAsync(ChainStep step, CancellationToken cancellation)
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            foreach (var notice in subscription.Notices(step))
            {
                await SendAsync(json => WriteNotice(json, subscription.Method, id, notice), cancellation);
            }
        }
    }

    private static void WriteNotice(Utf8JsonWriter json, string method, ulong id, Action<Utf8JsonWriter> result)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteString("method", method);
        json.WriteStartObject("params");
        json.WritePropertyName("result");
        result(json);
        json.WriteNumber("subscription", id);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Answer(Utf8JsonWriter json, byte[] request)
    {
        try
        {
            using var call = JsonDocument.Parse(request);
            RpcEnvelope.Write(json, Answer(call.RootElement), RpcEnvelope.Id(call.RootElement), confused: false);
        }
        catch (JsonException)
        {
            RpcEnvelope.Write(json, RpcAnswer.Error(-32700, "Parse error"), null, confused: false);
        }
    }

    private RpcAnswer Answer(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return RpcAnswer.Error(-32600, "Invalid request");
        }

        try
        {
            return Answer(method.GetString()!, new RpcParameters(call));
        }
        catch (RpcParameterException fault)
        {
            return RpcAnswer.Error(-32602, fault.Message);
        }
    }

    private RpcAnswer Answer(string method, RpcParameters parameters)
    {
        if (method.EndsWith("Unsubscribe", StringComparison.Ordinal))
        {
            return _subscriptions.Remove(parameters.Number(0))
                ? RpcAnswer.Result(json => json.WriteBooleanValue(true))
                : RpcAnswer.Error(-32602, "Invalid subscription id.");
        }

        if (methods.Make(method, parameters) is not { } subscription)
        {
            return RpcAnswer.Error(-32601, "Method not found");
        }

        var id = ids.Next();
        _subscriptions.Add(id, subscription);
        return RpcAnswer.Result(json => json.WriteNumberValue(id));
    }

    private async Task SendAsync(Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        await using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        await socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancellation);
    }

    /// <summary>A block that was made, or a request that came.</summary>
    private readonly record struct Incoming(ChainStep? Step, byte[]? Request);
}

/// <summary>Numbers subscriptions.</summary>
internal sealed class SubscriptionIds
{
    private ulong _last = 24_039;

    public ulong Next() => Interlocked.Increment(ref _last);
}
