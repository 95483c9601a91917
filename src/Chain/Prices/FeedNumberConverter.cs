using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WildNOut.Chain.Prices;

/// <summary>
/// Numbers as feeds write them, bare or in quotes, read exactly. What is no number that a decimal holds is unknown, and does not spoil the rest of the answer.
/// </summary>
internal sealed class FeedNumberConverter : JsonConverter<decimal?>
{
    /// <inheritdoc />
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out var number) ? number : null;
            case JsonTokenType.String:
                return decimal.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var quoted) ? quoted : null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options) => throw new NotSupportedException("Feeds are only read.");
}
