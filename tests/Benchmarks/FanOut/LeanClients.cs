using System.Diagnostics;
using System.Net.Sockets;
using WildNOut.Benchmarks.Load;

namespace WildNOut.Benchmarks.FanOut;

/// <summary>Many lean clients on one thread.</summary>
internal sealed unsafe class LeanClients : IDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly LeanConnection[] _connections;
    private readonly int _epoll = Native.Check(Native.epoll_create1(0), nameof(Native.epoll_create1));
    private readonly Thread _thread;
    private volatile bool _stop;

    /// <summary>Connects them all and begins to take their messages.</summary>
    /// <param name="count">How many.</param>
    /// <param name="connect">Makes the client of a number.</param>
    public LeanClients(int count, Func<int, LeanConnection> connect)
    {
        _connections = new LeanConnection[count];
        for (var number = 0; number < count; number++)
        {
            _connections[number] = connect(number);
            Native.Register(_epoll, Native.AddToEpoll, _connections[number].Descriptor, Native.Readable, number);
        }

        _thread = new Thread(Turn) { Name = "lean clients", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What each client has seen.</summary>
    public IEnumerable<Watcher> Watchers => _connections.Select(connection => connection.Watcher);

    /// <inheritdoc />
    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _ = Native.close(_epoll);
    }

    private void Turn()
    {
        const int EventsAtOnce = 256;
        var events = stackalloc byte[EventsAtOnce * 16];
        var pinged = Stopwatch.GetTimestamp();
        while (!_stop)
        {
            var count = Native.epoll_wait(_epoll, events, EventsAtOnce, 100);
            for (var i = 0; i < count; i++)
            {
                Live(_connections[Native.TagOf(events + i * Native.EventSize)], connection => connection.Take());
            }

            if (Stopwatch.GetElapsedTime(pinged) > PingEvery)
            {
                pinged = Stopwatch.GetTimestamp();
                foreach (var connection in _connections)
                {
                    Live(connection, lively => lively.SendPing());
                }
            }
        }
    }

    private static void Live(LeanConnection connection, Action<LeanConnection> step)
    {
        if (connection.Watcher.Lost)
        {
            return;
        }

        try
        {
            step(connection);
        }
        catch (SocketException lost) when (lost.SocketErrorCode != SocketError.WouldBlock)
        {
            connection.Watcher.Lost = true;
            connection.Dispose();
        }
        catch (SocketException)
        {
            // Nothing there after all, or no room for a ping: the next turn sees to it.
        }
    }
}
