using MessagePack;
using MessagePack.Formatters;

namespace WildNOut.Web.Realtime;

/// <summary>The MessagePack form of <see cref="TokenLine"/>: the same map as in JSON.</summary>
public sealed class TokenLineFormatter : IMessagePackFormatter<TokenLine?>
{
    /// <inheritdoc />
    public void Serialize(ref MessagePackWriter writer, TokenLine? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(3);
        writer.Write("type");
        writer.Write(value.Type);
        writer.Write("position");
        writer.Write(value.Position);
        writer.Write("data");
        writer.WriteRaw(value.PackedData);
    }

    /// <inheritdoc />
    public TokenLine? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        throw new NotSupportedException("The server only writes these lines.");
}
