using System.Text.Json;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Http;

/// <summary>Enums from clients: exactly one of the names on the wire, so no other case, no number and no list of names.</summary>
public sealed class NameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && WireEnum<T>.TryParse(reader.GetString()!, out var value)
            ? value
            : throw new FieldException("must be one of " + string.Join(", ", WireEnum<T>.Names));

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WireEnum<T>.Name(value));
}
