using System.Text.Json;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>Writes a value with the slot at which it held.</summary>
internal static class ContextJson
{
    public static void Write(Utf8JsonWriter json, ulong slot, Action<Utf8JsonWriter> value)
    {
        json.WriteStartObject();
        json.WriteStartObject("context");
        json.WriteString("apiVersion", "4.0.0");
        json.WriteNumber("slot", slot);
        json.WriteEndObject();
        json.WritePropertyName("value");
        value(json);
        json.WriteEndObject();
    }
}
