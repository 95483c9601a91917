using System.Text.Json;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Web.Realtime;

/// <summary>What clients get: <c>{type, channel, sequence, timestamp, data}</c>.</summary>
/// <param name="Type">Such as <c>battle.vote</c>, or <see cref="Reload"/>.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Sequence">Rises within a channel.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">UTF-8 JSON; empty for null.</param>
[JsonConverter(typeof(ArenaMessageConverter))]
public sealed record ArenaMessage(string Type, string Channel, long Sequence, DateTimeOffset Timestamp, ReadOnlyMemory<byte> Data)
{
    /// <summary>The type of the message that says: something was missed that cannot be repeated; read the state again and go on from <see cref="Sequence"/>.</summary>
    public const string Reload = ChannelMessage.Reload;

    private byte[]? _packed;

    /// <summary>The data in MessagePack, made once however many clients want it.</summary>
    internal ReadOnlySpan<byte> PackedData => _packed ??= JsonToMessagePack.Convert(Data);

    /// <summary>A message of a channel.</summary>
    public static ArenaMessage Of(string channel, ChannelMessage message) =>
        new(message.Type, channel, message.Sequence, message.Timestamp, message.Data);

    /// <summary>The order to reload.</summary>
    public static ArenaMessage ReloadOf(string channel, long sequence, DateTimeOffset now) =>
        new(Reload, channel, sequence, Instants.Truncate(now), default);
}

/// <summary>Writes the data as it is.</summary>
public sealed class ArenaMessageConverter : JsonConverter<ArenaMessage>
{
    private static readonly InstantConverter Instant = new();
    private static readonly RawJsonConverter Raw = new();

    /// <inheritdoc />
    public override ArenaMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The server only writes these messages.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ArenaMessage value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, value.Type);
        writer.WriteString("channel"u8, value.Channel);
        writer.WriteNumber("sequence"u8, value.Sequence);
        writer.WritePropertyName("timestamp"u8);
        Instant.Write(writer, value.Timestamp, options);
        writer.WritePropertyName("data"u8);
        Raw.Write(writer, value.Data, options);
        writer.WriteEndObject();
    }
}
