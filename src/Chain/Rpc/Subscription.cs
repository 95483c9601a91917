using System.Text.Json;
using System.Threading.Channels;

namespace WildNOut.Chain.Rpc;

/// <summary>A request for notices, and where they go.</summary>
/// <param name="method">The method, such as <c>slotSubscribe</c>.</param>
/// <param name="writeParameters">Writes the parameters.</param>
internal abstract class Subscription(string method, Action<Utf8JsonWriter> writeParameters)
{
    public string Method => method;

    public string EndMethod => method.Replace("Subscribe", "Unsubscribe", StringComparison.Ordinal);

    public Action<Utf8JsonWriter> WriteParameters => writeParameters;

    /// <summary>The node's notice.</summary>
    /// <param name="result">The member <c>params.result</c>.</param>
    /// <exception cref="JsonException">It has not the documented shape.</exception>
    public abstract void Take(JsonElement result);

    /// <summary>The connection has ended.</summary>
    public abstract void End(Exception cause);
}

/// <summary>Keeps slots coming on a connection that would be silent otherwise, and does nothing with them.</summary>
internal sealed class Heartbeat() : Subscription("slotSubscribe", static _ => { })
{
    public override void Take(JsonElement result)
    {
    }

    public override void End(Exception cause)
    {
    }
}

/// <summary>A subscription whose notices wait in a bounded queue.</summary>
/// <param name="method">The method.</param>
/// <param name="writeParameters">Writes the parameters.</param>
/// <param name="read">Reads a notice; false for one that does not concern the listener.</param>
/// <param name="queue">Where notices go.</param>
internal sealed class Subscription<T>(string method, Action<Utf8JsonWriter> writeParameters, Func<JsonElement, (bool Concerns, T? Notice)> read, ChannelWriter<T> queue)
    : Subscription(method, writeParameters)
{
    public override void Take(JsonElement result)
    {
        // A queue that drops the oldest takes every notice.
        if (read(result) is (true, { } notice) && !queue.TryWrite(notice))
        {
            queue.TryComplete(new SubscriptionEndedException("The listener is too slow."));
        }
    }

    public override void End(Exception cause) => queue.TryComplete(cause);
}
