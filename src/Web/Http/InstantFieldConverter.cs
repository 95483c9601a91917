using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Http;

/// <summary>Instants from clients: ISO 8601 with an offset, between the years 1970 and 3000 so that sums with spans never overflow.</summary>
public sealed partial class InstantFieldConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>What an instant must be.</summary>
    public const string Rule = "must be an ISO 8601 instant with an offset between the years 1970 and 3000, such as 2026-01-02T03:04:05.006Z";

    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) && HasOffset(reader.GetString()!) && IsWithin(value)
            ? Instants.Truncate(value.ToUniversalTime())
            : throw new FieldException(Rule);
    }

    /// <summary>Reads an instant by the same rule; false when it breaks it.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        var fine = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant) && Iso().IsMatch(text) && IsWithin(instant);
        instant = fine ? Instants.Truncate(instant.ToUniversalTime()) : default;
        return fine;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static bool IsWithin(DateTimeOffset value) => value >= Earliest && value < Latest;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Iso();

    private static bool HasOffset(string text)
    {
        var time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0 && (text[^1] is 'Z' || text.AsSpan(time).IndexOfAny('+', '-') > 0);
    }
}
