using System.Text.Json;

namespace WildNOut.Chain.Rpc;

/// <summary>Reading where another kind of value is a <see cref="JsonException"/>, like any other nonsense.</summary>
internal static class StrictReading
{
    /// <summary>Moves to the next token.</summary>
    public static void Next(this ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("The text ends too early.");
        }
    }

    /// <summary>Demands that the reader stands at a kind of token.</summary>
    public static void Expect(this ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{reader.TokenType} where {type} is due.");
        }
    }

    /// <summary>The whole number at which the reader stands.</summary>
    public static ulong UInt64(this ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.Number);
        return reader.TryGetUInt64(out var number) ? number : throw new JsonException("A number out of range.");
    }

    /// <summary>The text at which the reader stands.</summary>
    public static string Text(this ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.String);
        return reader.GetString()!;
    }

    /// <summary>The time at which the reader stands, in Unix seconds; null for null.</summary>
    public static DateTimeOffset? UnixTime(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        reader.Expect(JsonTokenType.Number);
        return reader.TryGetInt64(out var seconds) && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new JsonException("A time out of range.");
    }

    /// <summary>The bytes of the value at whose first token the reader stands; leaves it at the last.</summary>
    public static ReadOnlyMemory<byte> Slice(this ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return answer[start..(int)reader.BytesConsumed];
    }

    /// <summary>A member further down; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    /// <summary>The text; null when it is none.</summary>
    public static string? AsText(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>The whole number; null when it is none.</summary>
    public static ulong? AsUInt64(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var number) ? number : null;
}
