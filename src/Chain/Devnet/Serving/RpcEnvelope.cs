using System.Text.Json;

namespace WildNOut.Chain.Devnet.Serving;

/// <summary>The frame around an answer.</summary>
internal static class RpcEnvelope
{
    private const int WrongId = 987_654_321;

    /// <summary>The id of a call; null when it has none.</summary>
    public static JsonElement? Id(JsonElement call) => call.ValueKind == JsonValueKind.Object && call.TryGetProperty("id", out var id) ? id : null;

    public static void Write(Utf8JsonWriter json, RpcAnswer answer, JsonElement? id, bool confused)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        switch (answer)
        {
            case RpcResult result:
                json.WritePropertyName("result");
                result.Write(json);
                break;
            case RpcError error:
                WriteError(json, error);
                break;
        }

        json.WritePropertyName("id");
        if (confused)
        {
            json.WriteNumberValue(WrongId);
        }
        else if (id is { } known)
        {
            known.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, RpcError error)
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("message", error.Message);
        if (error.Data is { } data)
        {
            json.WritePropertyName("data");
            data(json);
        }

        json.WriteEndObject();
    }
}
