using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace WildNOut.Web.Realtime;

/// <summary>
/// What one connection reads, and the pump that writes it. A write that the transport takes at once happens on the thread that woke the pump; when the client is slow, only this
/// pump waits, and what comes meanwhile stays in the channels' shared histories.
/// </summary>
public sealed class Outlet(HubConnectionContext connection, RealtimeMetrics metrics, ILogger logger)
{
    private const int TurnLength = 32;

    private readonly ConcurrentDictionary<string, ChannelReader> _readers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ChannelReader> _ready = new();
    private int _pumping;
    private int _streams;

    /// <summary>Subscriptions and open streams.</summary>
    public int Count => _readers.Count + Volatile.Read(ref _streams);

    /// <summary>The outlet of the connection on which a hub method runs.</summary>
    public static Outlet Of(HubCallerContext context) => (Outlet)context.Items[typeof(Outlet)]!;

    /// <summary>Makes it the outlet of its connection.</summary>
    public void Attach() => connection.Items[typeof(Outlet)] = this;

    /// <summary>Whether the channel is subscribed to.</summary>
    public bool Reads(string channel) => _readers.ContainsKey(channel);

    /// <summary>Takes a subscription; one of the same channel that was there ends.</summary>
    public void Add(ChannelReader reader)
    {
        Remove(reader.Feed.Channel);
        _readers[reader.Feed.Channel] = reader;
        if (connection.ConnectionAborted.IsCancellationRequested)
        {
            Close();
        }
    }

    /// <summary>Ends a subscription, if there is one.</summary>
    public void Remove(string channel)
    {
        if (_readers.TryRemove(channel, out var reader))
        {
            ChannelFanout.Leave(reader);
        }
    }

    /// <summary>Ends all subscriptions.</summary>
    public void Close()
    {
        foreach (var channel in _readers.Keys)
        {
            Remove(channel);
        }
    }

    /// <summary>Counts a stream that opened.</summary>
    public void StreamOpened() => Interlocked.Increment(ref _streams);

    /// <summary>Counts a stream that ended.</summary>
    public void StreamClosed() => Interlocked.Decrement(ref _streams);

    /// <summary>Writes what a reader has, now or after what is being written.</summary>
    public void Wake(ChannelReader reader)
    {
        if (reader.TryQueue())
        {
            _ready.Enqueue(reader);
        }

        if (Interlocked.Exchange(ref _pumping, 1) == 0)
        {
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await PumpAsync();
        }
        catch (Exception fault)
        {
            // A pump that cannot go on must not leave its client waiting for ever.
            logger.LogError(fault, "Writing to connection {Connection} failed", connection.ConnectionId);
            connection.Abort();
        }
    }

    private async Task PumpAsync()
    {
        do
        {
            while (_ready.TryDequeue(out var reader))
            {
                reader.Unqueue();
                await WriteTurnAsync(reader);
            }

            Interlocked.Exchange(ref _pumping, 0);
        }
        while (!_ready.IsEmpty && Interlocked.Exchange(ref _pumping, 1) == 0);
    }

    /// <summary>Some messages of one channel; the rest waits for the next turn, so that a long replay does not hold up the other channels.</summary>
    private async ValueTask WriteTurnAsync(ChannelReader reader)
    {
        for (var written = 0; written < TurnLength; written++)
        {
            if (connection.ConnectionAborted.IsCancellationRequested || reader.Take() is not { } item)
            {
                return;
            }

            // A failed write aborts the connection and completes normally.
            await connection.WriteAsync(item.Serialized);
            metrics.Written.Add(1);
            if (item.Message.Type == ArenaMessage.Reload)
            {
                metrics.Reloaded();
            }
        }

        if (reader.TryQueue())
        {
            _ready.Enqueue(reader);
        }
    }
}
