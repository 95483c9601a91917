using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine.Channels;

/// <summary>An announcement with its number.</summary>
/// <param name="Sequence">Rises by one for each message of the channel, within an epoch.</param>
/// <param name="Type">Such as <c>battle.created</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">UTF-8 JSON.</param>
/// <param name="FoldKey">A newer message with the same key makes this one superfluous; null for those that must all arrive.</param>
public sealed record ChannelMessage(long Sequence, string Type, DateTimeOffset Timestamp, ReadOnlyMemory<byte> Data, string? FoldKey = null)
    : IChannelEntry
{
    /// <summary>The type of the message that says: something was missed that cannot be repeated; read the state again and go on from this number.</summary>
    public const string Reload = "reload";

    /// <inheritdoc />
    [JsonIgnore]
    public int Size => Data.Length + 128;
}

/// <summary>What a <see cref="ChannelHistory{T}"/> keeps.</summary>
public interface IChannelEntry
{
    /// <summary>The number within the channel.</summary>
    long Sequence { get; }

    /// <summary>A newer entry with the same key takes this one's place; null when none ever does.</summary>
    string? FoldKey { get; }

    /// <summary>About how many bytes it keeps in memory.</summary>
    int Size { get; }
}
