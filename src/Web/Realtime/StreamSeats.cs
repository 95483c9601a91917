using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Realtime;

/// <summary>Counts the event streams of each client to this node: of a user, or of an address where nobody is signed in.</summary>
/// <param name="metrics">Counts those that are open, and those that were refused.</param>
public sealed class StreamSeats(RealtimeMetrics metrics)
{
    /// <summary>Streams a signed-in user may have to a node.</summary>
    public const int AUser = 10;

    /// <summary>Streams an address may have to a node; several people may sit behind one.</summary>
    public const int AnAddress = 100;

    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes a seat for a request; dispose it when the stream ends. Null when the client has as many as it may have.</summary>
    public IDisposable? TryTake(HttpContext http)
    {
        var (client, most) = http.FindCaller() is { } caller ? ($"user {caller.UserId}", AUser) : ($"address {AddressOf(http.Connection.RemoteIpAddress)}", AnAddress);
        if (_taken.AddOrUpdate(client, 1, static (_, count) => count + 1) <= most)
        {
            metrics.Streams.Add(1);
            return new Seat(this, client);
        }

        Leave(client);
        metrics.StreamRefused();
        return null;
    }

    /// <summary>Of an IPv6 address the first half: whoever has one has as many of the second as they like.</summary>
    private static string AddressOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }

    private void Left(string client)
    {
        Leave(client);
        metrics.Streams.Add(-1);
    }

    private void Leave(string client)
    {
        if (_taken.AddOrUpdate(client, 0, static (_, count) => count - 1) <= 0)
        {
            _taken.TryRemove(new KeyValuePair<string, int>(client, 0));
        }
    }

    private sealed class Seat(StreamSeats seats, string client) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                seats.Left(client);
            }
        }
    }
}
