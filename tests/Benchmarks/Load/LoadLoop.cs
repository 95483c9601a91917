using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace WildNOut.Benchmarks.Load;

/// <summary>
/// A closed loop of HTTP requests over keep-alive connections: each connection asks, waits for the answer, checks it and asks again. One
/// thread, raw sockets and requests patched in place, because the generator shares the processor with what it measures.
/// </summary>
internal sealed unsafe class LoadLoop : IDisposable
{
    private const int EventsAtOnce = 256;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(15);

    private readonly Workload _workload;
    private readonly LoadResult _result = new();
    private readonly Connection[] _connections;
    private readonly int _epoll = Native.Check(Native.epoll_create1(0), nameof(Native.epoll_create1));
    private int _waiting;
    private bool _measuring;
    private bool _asking = true;

    /// <summary>Opens the connections.</summary>
    public LoadLoop(Uri server, int connections, Workload workload)
    {
        _workload = workload;
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
        for (var number = 0; number < _connections.Length; number++)
        {
            Ask(number);
        }

        TurnUntil(warmUp);
        _measuring = true;
        var before = meter.Read();
        var clock = Stopwatch.StartNew();
        TurnUntil(window);
        _measuring = false;
        _result.Window = clock.Elapsed;
        _result.Cpu = meter.Since(before);
        _asking = false;
        TurnUntil(DrainLimit);
        for (; _waiting > 0; _waiting--)
        {
            _result.CountWrong(0, "no answer"u8);
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
        while (Stopwatch.GetTimestamp() < end && _waiting > 0)
        {
            var count = Native.epoll_wait(_epoll, events, EventsAtOnce, 50);
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

    private void Ask(int number)
    {
        var connection = _connections[number];
        var length = _asking && !connection.Lost ? _workload.Next(number, connection.Request) : 0;
        if (length == 0)
        {
            _result.RanOut |= _asking && !connection.Lost;
            return;
        }

        connection.AskedAt = Stopwatch.GetTimestamp();
        fixed (byte* start = connection.Request)
        {
            // A request of a few hundred bytes always fits into the empty send buffer of a connection that waits for nothing.
            if (Native.send(connection.Descriptor, start, length, Native.NoSignal) != length)
            {
                Lose(connection, "the request could not be sent"u8);
                return;
            }
        }

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

            _waiting--;
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
        _waiting--;
        Judge(number, connection, reply);
        Ask(number);
    }

    private void Judge(int number, Connection connection, Reply reply)
    {
        if (!_workload.IsRight(number, reply.Status, connection.Reply.AsSpan(reply.BodyAt, reply.BodyLength)))
        {
            _result.CountWrong(reply.Status, connection.Reply.AsSpan(0, reply.Total));
            return;
        }

        _result.RightInAll++;
        if (_measuring)
        {
            _result.Right++;
            var ticks = Stopwatch.GetTimestamp() - connection.AskedAt;
            _result.Latency.RecordValue(Math.Min(ticks * 1_000_000 / Stopwatch.Frequency, 60_000_000));
        }
    }

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

        public void Dispose() => socket.Dispose();
    }
}
