using System.Globalization;

namespace WildNOut.Chain.Devnet;

/// <summary>Where a server of the devnet listens.</summary>
/// <param name="Port">The port of the loopback address.</param>
public sealed record DevnetAddresses(int Port)
{
    /// <summary>JSON-RPC over HTTP.</summary>
    public Uri Rpc => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));

    /// <summary>JSON-RPC over WebSocket.</summary>
    public Uri WebSocket => new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{Port}/"));

    /// <summary>What stands in for the host of each price feed.</summary>
    public Uri Prices => Rpc;
}
