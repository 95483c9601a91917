using System.Text.Json;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The answer to a call: a result, or an error.</summary>
internal abstract record RpcAnswer
{
    public static RpcAnswer Result(Action<Utf8JsonWriter> write) => new RpcResult(write);

    public static RpcAnswer Error(int code, string message, Action<Utf8JsonWriter>? data = null) => new RpcError(code, message, data);
}

/// <summary>A result.</summary>
/// <param name="Write">Writes one JSON value.</param>
internal sealed record RpcResult(Action<Utf8JsonWriter> Write) : RpcAnswer;

/// <summary>An error.</summary>
/// <param name="Code">The JSON-RPC code.</param>
/// <param name="Message">What a node says.</param>
/// <param name="Data">Writes one JSON value; null for none.</param>
internal sealed record RpcError(int Code, string Message, Action<Utf8JsonWriter>? Data) : RpcAnswer;

/// <summary>A call whose parameters cannot be understood.</summary>
internal sealed class RpcParameterException(string message) : Exception(message);
