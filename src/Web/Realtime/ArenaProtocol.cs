using System.Buffers;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Realtime;

/// <summary>
/// A hub protocol in which arguments at the end of a call may be left out where the last one is optional (SignalR itself binds by an exact count), and in which
/// errors are the error object alone.
/// </summary>
public sealed class ArenaProtocol(IHubProtocol inner) : IHubProtocol
{
    private const int MostMissing = 2;

    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public int Version => inner.Version;

    /// <inheritdoc />
    public Microsoft.AspNetCore.Connections.TransferFormat TransferFormat => inner.TransferFormat;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(Outgoing(message));

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(Outgoing(message), output);

    /// <inheritdoc />
    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HubMessage? message)
    {
        var start = input;
        if (!inner.TryParseMessage(ref input, binder, out message))
        {
            return false;
        }

        if (message is InvocationBindingFailureMessage failure)
        {
            message = Shorter(start, binder) ?? new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, ExceptionDispatchInfo.Capture(
                HubErrors.Of(Rejection.Invalid("arguments", failure.BindingFailure.SourceException.Message))));
        }

        return true;
    }

    /// <summary>The call with what was left out as null; null when that is not what is wrong with it.</summary>
    private HubMessage? Shorter(ReadOnlySequence<byte> start, IInvocationBinder binder)
    {
        for (var missing = 1; missing <= MostMissing; missing++)
        {
            var input = start;
            if (inner.TryParseMessage(ref input, new WithoutLast(binder, missing), out var shorter) && Completed(shorter, missing) is { } completed)
            {
                return completed;
            }
        }

        return null;
    }

    private static HubMessage? Completed(HubMessage? message, int missing) => message switch
    {
        StreamInvocationMessage call => new StreamInvocationMessage(call.InvocationId!, call.Target, [.. call.Arguments, .. new object?[missing]], call.StreamIds) { Headers = call.Headers },
        InvocationMessage call => new InvocationMessage(call.InvocationId, call.Target, [.. call.Arguments, .. new object?[missing]], call.StreamIds) { Headers = call.Headers },
        _ => null,
    };

    private static HubMessage Outgoing(HubMessage message) => message switch
    {
        CompletionMessage { Error: { } error } completion => CompletionMessage.WithError(completion.InvocationId!, HubErrors.Text(error)),
        CloseMessage { Error: { } error } close => new CloseMessage(HubErrors.Text(error), close.AllowReconnect),
        _ => message,
    };

    /// <summary>Sees each method as if it had no last parameters, where the last one is optional.</summary>
    private sealed class WithoutLast(IInvocationBinder binder, int missing) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => binder.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => binder.GetStreamItemType(streamId);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => binder.GetTarget(utf8Bytes);

        public IReadOnlyList<Type> GetParameterTypes(string methodName)
        {
            var types = binder.GetParameterTypes(methodName);
            return types.Count >= missing && types.Count > 1 && Nullable.GetUnderlyingType(types[^1]) is not null ? [.. types.SkipLast(missing)] : types;
        }
    }
}
