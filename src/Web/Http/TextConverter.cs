using System.Text.Json;
using System.Text.Json.Serialization;

namespace WildNOut.Web.Http;

/// <summary>Strings from clients: U+0000 is refused, because not every store can keep it.</summary>
public sealed class TextConverter : JsonConverter<string>
{
    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new FieldException("must be a string");
        }

        return Checked(reader.GetString()!);
    }

    /// <inheritdoc />
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetString()!);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static string Checked(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw new FieldException("must not contain the character U+0000") : text;
}
