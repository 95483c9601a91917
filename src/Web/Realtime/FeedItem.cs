using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Web.Realtime;

/// <summary>A message of a channel as it goes out: serialized once a protocol, by the first client that takes it.</summary>
public sealed class FeedItem(ArenaMessage message, string? foldKey) : IChannelEntry
{
    /// <summary>The client method that takes messages.</summary>
    public const string Method = "Event";

    /// <summary>The message.</summary>
    public ArenaMessage Message { get; } = message;

    /// <summary>The whole invocation, with the bytes of each protocol that was asked for.</summary>
    public SerializedHubMessage Serialized { get; } = new(new InvocationMessage(Method, [message]));

    /// <inheritdoc />
    public long Sequence => Message.Sequence;

    /// <inheritdoc />
    public string? FoldKey { get; } = foldKey;

    /// <inheritdoc />
    public int Size => Message.Data.Length + 128;
}
