namespace WildNOut.Chain.Rpc;

/// <summary>The chain's answer is an error: asking again, or elsewhere, would not change it.</summary>
/// <param name="code">The JSON-RPC code, such as -32602.</param>
/// <param name="message">What the node says.</param>
public sealed class RpcException(int code, string message) : Exception($"{message} ({code})")
{
    /// <summary>The JSON-RPC code.</summary>
    public int Code { get; } = code;
}

/// <summary>No endpoint could answer: all are down, throttled, behind, or answer nonsense.</summary>
public sealed class RpcUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>A subscription has ended: the connection could not be made or dropped, or its listener was too slow. What it missed must be read.</summary>
public sealed class SubscriptionEndedException(string message, Exception? cause = null) : Exception(message, cause);
