using System.Net;
using System.Net.Sockets;

namespace WildNOut.Testing.Nodes;

/// <summary>Free loopback ports for servers that stop and come back on the same port.</summary>
public static class FreePorts
{
    // Below Linux' range for outgoing connections (from 32768), so that no client takes the port while its server is down.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>A port that nobody listens on.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                continue;
            }
        }
    }
}
