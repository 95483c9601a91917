using System.Buffers;
using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Reads the value of <c>result</c>, at whose first token the reader stands, and leaves it at the last.</summary>
/// <param name="reader">Reads the whole answer.</param>
/// <param name="answer">The bytes it reads; only lasting where <see cref="RpcCall{T}.KeepsAnswer"/>.</param>
/// <exception cref="JsonException">The result has not the documented shape.</exception>
internal delegate T ResultReader<out T>(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer);

/// <summary>A call to whichever endpoint.</summary>
/// <param name="Method">The method.</param>
/// <param name="WriteParameters">Writes the parameters, one value each.</param>
/// <param name="ReadResult">Reads the result.</param>
internal sealed record RpcCall<T>(string Method, Action<Utf8JsonWriter> WriteParameters, ResultReader<T> ReadResult)
{
    /// <summary>The slot below which an answer is too old.</summary>
    public ulong? MinSlot { get; init; }

    /// <summary>The slot that an answer holds for, where it tells.</summary>
    public Func<T, ulong>? SlotOf { get; init; }

    /// <summary>Whether a null says "not yet" instead of "there is none".</summary>
    public bool NullIsNotNow { get; init; }

    /// <summary>Whether the result points into the bytes of the answer, so that they must not be used again.</summary>
    public bool KeepsAnswer { get; init; }
}

/// <summary>Writes requests.</summary>
internal static class RpcRequest
{
    /// <summary>A JSON-RPC 2.0 request, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(long id, string method, Action<Utf8JsonWriter> writeParameters)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteNumber("id", id);
            json.WriteString("method", method);
            json.WriteStartArray("params");
            writeParameters(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
