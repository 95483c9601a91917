using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine;

/// <summary>Instants in JSON: ISO 8601 in UTC with a <c>Z</c> and milliseconds, such as <c>2026-01-02T03:04:05.006Z</c>. Any offset is read.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value)
            ? Instants.Truncate(value.ToUniversalTime())
            : throw new JsonException("Expected an ISO 8601 instant such as 2026-01-02T03:04:05.006Z.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}

/// <summary>The platform's resolution of time: whole milliseconds, so that every store and every wire keeps an instant exactly.</summary>
public static class Instants
{
    /// <summary>The instant, cut to whole milliseconds.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset value) =>
        new(value.UtcTicks - value.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
}
