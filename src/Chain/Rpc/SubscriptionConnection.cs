using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace WildNOut.Chain.Rpc;

/// <summary>One WebSocket and the subscriptions on it. It lives until it drops; then all of them end.</summary>
internal sealed class SubscriptionConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SubscriptionOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _life = new();
    private readonly Channel<ReadOnlyMemory<byte>> _outbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(1_024);
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (Subscription Subscription, TaskCompletionSource Confirmed)> _asked = [];
    private readonly Dictionary<ulong, Subscription> _live = [];
    private readonly HashSet<Subscription> _wanted = [];
    private Exception? _end;
    private long _id;

    private SubscriptionConnection(SubscriptionOptions options, TimeProvider clock) => (_options, _clock) = (options, clock);

    /// <summary>Ends when the connection has.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Whether it has told anything but confirmations.</summary>
    public bool HasTold { get; private set; }

    /// <summary>Connects.</summary>
    /// <exception cref="WebSocketException">It cannot be made.</exception>
    /// <exception cref="OperationCanceledException">It takes too long, or <paramref name="cancellation"/> ends the wait.</exception>
    public static async Task<SubscriptionConnection> OpenAsync(Uri address, SubscriptionOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var connection = new SubscriptionConnection(options, clock);
        try
        {
            await connection.ConnectAsync(address, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Subscribes; notices come from the node's confirmation on.</summary>
    /// <exception cref="SubscriptionEndedException">The connection has ended, or the node does not confirm.</exception>
    /// <exception cref="RpcException">The node refuses.</exception>
    public async Task SubscribeAsync(Subscription subscription, CancellationToken cancellation)
    {
        var confirmed = Ask(subscription);
        try
        {
            await confirmed.WaitAsync(_options.ConfirmTimeout, _clock, cancellation);
        }
        catch (TimeoutException silence)
        {
            throw new SubscriptionEndedException("The node does not confirm a subscription.", silence);
        }
    }

    /// <summary>Ends a subscription, also one that is not confirmed yet.</summary>
    public void Unsubscribe(Subscription subscription)
    {
        lock (_gate)
        {
            _wanted.Remove(subscription);
            foreach (var (id, _) in _live.Where(pair => pair.Value == subscription).ToArray())
            {
                _live.Remove(id);
                End(subscription, id);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await Ended;
        _socket.Dispose();
        _life.Dispose();
    }

    private async Task ConnectAsync(Uri address, CancellationToken cancellation)
    {
        _socket.Options.KeepAliveInterval = _options.KeepAlive;
        _socket.Options.KeepAliveTimeout = _options.KeepAlive;
        if (address.UserInfo.Length > 0)
        {
            _socket.Options.SetRequestHeader("Authorization", BasicAuthorization.Of(address).ToString());
        }

        using var limit = new CancellationTokenSource(_options.ConfirmTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await _socket.ConnectAsync(address, either.Token);
        Ended = RunAsync();
        _ = Ask(new Heartbeat());
    }

    private Task Ask(Subscription subscription)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                throw new SubscriptionEndedException(_end.Message, _end);
            }

            var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked[++_id] = (subscription, confirmed);
            _wanted.Add(subscription);
            Send(RpcRequest.Write(_id, subscription.Method, subscription.WriteParameters));
            return confirmed.Task;
        }
    }

    private void End(Subscription subscription, ulong id) => Send(RpcRequest.Write(++_id, subscription.EndMethod, json => json.WriteNumberValue(id)));

    // A full outbox means that the connection does not move: its end is near, and told by the silence.
    private void Send(ReadOnlyMemory<byte> request) => _outbox.Writer.TryWrite(request);

    private async Task RunAsync()
    {
        var writing = WriteAsync();
        var cause = await ReadAsync();
        await _life.CancelAsync();
        _socket.Abort();
        await writing;
        lock (_gate)
        {
            _end = cause;
            foreach (var (_, confirmed) in _asked.Values)
            {
                confirmed.TrySetException(cause);
                _ = confirmed.Task.Exception;
            }

            foreach (var subscription in _wanted)
            {
                subscription.End(cause);
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var request in _outbox.Reader.ReadAllAsync(_life.Token))
            {
                await _socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, _life.Token);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Wakes the reader, which tells everybody.
            await _life.CancelAsync();
        }
    }

    private async Task<SubscriptionEndedException> ReadAsync()
    {
        using var silence = new CancellationTokenSource(_options.Silence, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, _life.Token);
        var message = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (await ReceiveAsync(message, either.Token))
            {
                silence.CancelAfter(_options.Silence);
                using var document = JsonDocument.Parse(message.WrittenMemory);
                Handle(document.RootElement);
                message.ResetWrittenCount();
            }

            return new SubscriptionEndedException("The node closed the connection.");
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            return new SubscriptionEndedException("The node is silent.");
        }
        catch (Exception failure)
        {
            // Whatever it is, those who listen must hear that nothing more comes.
            return new SubscriptionEndedException("The connection dropped.", failure);
        }
    }

    /// <summary>Receives a whole message; false when the node closes.</summary>
    private async Task<bool> ReceiveAsync(ArrayBufferWriter<byte> message, CancellationToken cancellation)
    {
        while (true)
        {
            var part = await _socket.ReceiveAsync(message.GetMemory(4_096), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            message.Advance(part.Count);
            if (message.WrittenCount > _options.MaxMessageBytes)
            {
                throw new InvalidDataException("A message is too long.");
            }

            if (part.EndOfMessage)
            {
                return true;
            }
        }
    }

    private void Handle(JsonElement message)
    {
        lock (_gate)
        {
            if (message.At("params", "subscription").AsUInt64() is { } source)
            {
                HasTold = true;
                if (_live.TryGetValue(source, out var subscription))
                {
                    subscription.Take(message.At("params", "result"));
                }
            }
            else if (message.At("id").AsUInt64() is { } id && _asked.Remove((long)id, out var asked))
            {
                Confirm(asked.Subscription, asked.Confirmed, message);
            }
        }
    }

    private void Confirm(Subscription subscription, TaskCompletionSource confirmed, JsonElement message)
    {
        if (message.At("result").AsUInt64() is not { } id)
        {
            _wanted.Remove(subscription);
            var code = message.At("error", "code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var told) ? told : 0;
            confirmed.TrySetException(new RpcException(code, message.At("error", "message").AsText() ?? "The node gives no reason."));
            _ = confirmed.Task.Exception;
            return;
        }

        if (_wanted.Contains(subscription))
        {
            _live[id] = subscription;
        }
        else
        {
            End(subscription, id);
        }

        confirmed.TrySetResult();
    }
}
