using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace WildNOut.Web.Realtime;

/// <summary>Turns JSON into the MessagePack that means the same: objects become maps with string keys, numbers integers where they are whole.</summary>
public static class JsonToMessagePack
{
    /// <summary>Converts one value; empty input is null.</summary>
    /// <exception cref="JsonException">The input is not JSON.</exception>
    public static byte[] Convert(ReadOnlyMemory<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 16);
        var writer = new MessagePackWriter(buffer);
        if (json.IsEmpty)
        {
            writer.WriteNil();
        }
        else
        {
            using var document = JsonDocument.Parse(json);
            Write(ref writer, document.RootElement);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Write(ref writer, item);
                }

                break;
            case JsonValueKind.String: writer.Write(value.GetString()); break;
            case JsonValueKind.Number: WriteNumber(ref writer, value); break;
            case JsonValueKind.True: writer.Write(true); break;
            case JsonValueKind.False: writer.Write(false); break;
            default: writer.WriteNil(); break;
        }
    }

    private static void WriteNumber(ref MessagePackWriter writer, JsonElement value)
    {
        if (value.TryGetInt64(out var whole))
        {
            writer.Write(whole);
        }
        else
        {
            writer.Write(value.GetDouble());
        }
    }
}
