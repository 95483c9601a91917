using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace WildNOut.Benchmarks.Load;

/// <summary>
/// A loop of HTTP requests over keep-alive connections, each of which asks, waits for the answer and checks it. Closed, it then asks again; open, requests are due at
/// an even pace whatever the server does, each takes a connection that is free, and its latency counts from the instant at which it was due. One thread, raw sockets
/// and requests patched in place, because the generator shares the processor with what it measures.
/// </summary>
internal sealed unsafe class LoadLoop : IDisposable
{
    private const int EventsAtOnce = 256;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(15);

    private readonly Workload _workload;
    private readonly LoadResult _result = new();
    private readonly Connection[] _connections;
    private readonly Queue<int> _free = new();
    private readonly long _pace;
    private readonly int _epoll = Native.Check(Native.epoll_create1(0), nameof(Native.epoll_create1));
    private long _due = long.MaxValue;
    private long _from = long.MaxValue;
    private long _to = long.MaxValue;
    private int _waiting;
    private bool _asking = true;

    /// <summary>Opens the connections.</summary>
    /// <param name="server">The server.</param>
    /// <param name="connections">How many.</param>
    /// <param name="workload">What they ask.</param>
    /// <param name="perSecond">The pace of an open loop; 0 for a closed one.</param>
    public LoadLoop(Uri server, int connections, Workload workload, int perSecond = 0)
    {
        _workload = workload;
        _pace = perSecond == 0 ? 0 : Stopwatch.Frequency / perSecond;
        _connections = new Connection[connections];
        for (var number = 0; number < connections; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, server.Port);
            socket.Blocking = false;
            _connections[number] = new Connection(socket, workload.RequestCapacity, workload.ReplyCapacity);
            Native.Register(_epoll, Native.AddToEpoll, (int)socket.Handle, Native.Readable, number);
        }
    }

    /// <summary>Runs on the calling thread until the window is over and the last answers are in.</summary>
    public LoadResult Run(TimeSpan warmUp, TimeSpan window, CpuMeter meter)
    {
        _due = _pace == 0 ? long.MaxValue : Stopwatch.GetTimestamp();
        for (var number = 0; number < _connections.Length; number++)
        {
            GoOn(number);
        }

        TurnUntil(warmUp);
        _from = Stopwatch.GetTimestamp();
        var before = meter.Read();
        var clock = Stopwatch.StartNew();
        TurnUntil(window);
        _to = Stopwatch.GetTimestamp();
        _result.Window = clock.Elapsed;
        _result.Cpu = meter.Since(before);
        _asking = _pace > 0;
        TurnUntil(DrainLimit);
        for (_asking = false; _waiting > 0; _waiting--)
        {
            _result.CountWrong(0, "no answer"u8);
        }

        for (; _pace > 0 && _due < _to; _due += _pace)
        {
            _result.CountWrong(0, "never asked: no connection was free"u8);
        }

        return _result;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _ = Native.close(_epoll);
    }

    private void TurnUntil(TimeSpan span)
    {
        var end = Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);
        var events = stackalloc byte[EventsAtOnce * 16];
        for (long now; (now = Stopwatch.GetTimestamp()) < end && (_waiting > 0 || _due < _to);)
        {
            while (_due <= now && _due < _to && _free.TryDequeue(out var free))
            {
                if (!_connections[free].Lost)
                {
                    Ask(free, _due);
                    _due += _pace;
                }
            }

            var count = Native.epoll_wait(_epoll, events, EventsAtOnce, Milliseconds(_due - now));
            if (count < 0 && Marshal.GetLastPInvokeError() != Native.Interrupted)
            {
                Native.Check(count, nameof(Native.epoll_wait));
            }

            for (var i = 0; i < count; i++)
            {
                Receive(Native.TagOf(events + i * Native.EventSize));
            }
        }
    }

    /// <summary>How long to wait at most: until the next request is due, unless all connections are taken.</summary>
    private int Milliseconds(long ticks) =>
        _free.Count == 0 || ticks >= Stopwatch.Frequency / 20 ? 50 : (int)(Math.Max(0, ticks) * 1_000 / Stopwatch.Frequency) + 1;

    private void GoOn(int number)
    {
        if (_pace == 0)
        {
            Ask(number, Stopwatch.GetTimestamp());
        }
        else
        {
            _free.Enqueue(number);
        }
    }

    private void Ask(int number, long due)
    {
        var connection = _connections[number];
        var length = _asking && !connection.Lost ? _workload.Next(number, connection.Request) : 0;
        if (length == 0)
        {
            _result.RanOut |= _asking && !connection.Lost;
            return;
        }

        connection.AskedAt = due;
        fixed (byte* start = connection.Request)
        {
            // A request of a few hundred bytes always fits into the empty send buffer of a connection that waits for nothing.
            if (Native.send(connection.Descriptor, start, length, Native.NoSignal) != length)
            {
                Lose(connection, "the request could not be sent"u8);
                return;
            }
        }

        connection.Waits = true;
        _waiting++;
    }

    private void Receive(int number)
    {
        var connection = _connections[number];
        nint got;
        fixed (byte* start = connection.Reply)
        {
            got = Native.recv(connection.Descriptor, start + connection.Filled, connection.Reply.Length - connection.Filled, 0);
        }

        if (got <= 0)
        {
            if (got < 0 && Marshal.GetLastPInvokeError() is Native.TryAgain or Native.Interrupted)
            {
                return;
            }

            _waiting -= connection.Waits ? 1 : 0;
            Lose(connection, "the connection was closed"u8);
            return;
        }

        connection.Filled += (int)got;
        if (!ReplyParser.TryParse(connection.Reply.AsSpan(0, connection.Filled), out var reply))
        {
            if (connection.Filled == connection.Reply.Length)
            {
                throw new InvalidOperationException($"A reply is longer than {connection.Filled} bytes: {Encoding.UTF8.GetString(connection.Reply, 0, 300)}");
            }

            return;
        }

        connection.Filled = 0;
        connection.Waits = false;
        _waiting--;
        Judge(number, connection, reply);
        GoOn(number);
    }

    private void Judge(int number, Connection connection, Reply reply)
    {
        if (!_workload.IsRight(number, reply.Status, connection.Reply.AsSpan(reply.BodyAt, reply.BodyLength)))
        {
            _result.CountWrong(reply.Status, [.. Encoding.UTF8.GetBytes(_workload.Asked(number)), (byte)' ', .. connection.Reply.AsSpan(0, reply.Total)]);
            return;
        }

        _result.RightInAll++;
        if (IsMeasured(connection))
        {
            _result.Right++;
            var ticks = Stopwatch.GetTimestamp() - connection.AskedAt;
            _result.Latency.RecordValue(Math.Min(ticks * 1_000_000 / Stopwatch.Frequency, 60_000_000));
        }
    }

    /// <summary>In an open loop whatever was due within the window counts, however late the answer; in a closed one what is answered within it.</summary>
    private bool IsMeasured(Connection connection) => _pace > 0
        ? connection.AskedAt >= _from && connection.AskedAt < _to
        : _from < long.MaxValue && _to == long.MaxValue;

    private void Lose(Connection connection, ReadOnlySpan<byte> why)
    {
        connection.Lost = true;
        connection.Dispose();
        _result.CountWrong(0, why);
    }

    private sealed class Connection(Socket socket, int requestCapacity, int replyCapacity) : IDisposable
    {
        public readonly byte[] Request = new byte[requestCapacity];
        public readonly byte[] Reply = new byte[replyCapacity];
        public readonly int Descriptor = (int)socket.Handle;
        public int Filled;
        public long AskedAt;
        public bool Lost;
        public bool Waits;

        public void Dispose() => socket.Dispose();
    }
}
