using System.Globalization;
using MessagePack;
using MessagePack.Formatters;

namespace WildNOut.Web.Realtime;

/// <summary>The MessagePack form of <see cref="ArenaMessage"/>: the same map as in JSON, the instant as the same string.</summary>
public sealed class ArenaMessageFormatter : IMessagePackFormatter<ArenaMessage?>
{
    /// <inheritdoc />
    public void Serialize(ref MessagePackWriter writer, ArenaMessage? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(5);
        writer.Write("type");
        writer.Write(value.Type);
        writer.Write("channel");
        writer.Write(value.Channel);
        writer.Write("sequence");
        writer.Write(value.Sequence);
        writer.Write("timestamp");
        writer.Write(value.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.Write("data");
        writer.WriteRaw(value.PackedData);
    }

    /// <inheritdoc />
    public ArenaMessage? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("The server only writes these messages.");
}
