using System.Text.Json;
using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Web.Http;

/// <summary>Instants from clients: ISO 8601 with an offset, between the years 1970 and 3000 so that sums with spans never overflow.</summary>
public sealed class InstantFieldConverter : JsonConverter<DateTimeOffset>
{
    private const string Rule = "must be an ISO 8601 instant with an offset between the years 1970 and 3000, such as 2026-01-02T03:04:05.006Z";

    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var value) || !HasOffset(reader.GetString()!))
        {
            throw new FieldException(Rule);
        }

        return value >= Earliest && value < Latest ? Instants.Truncate(value.ToUniversalTime()) : throw new FieldException(Rule);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static bool HasOffset(string text)
    {
        var time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0 && (text[^1] is 'Z' || text.AsSpan(time).IndexOfAny('+', '-') > 0);
    }
}
