using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WildNOut.Chain.Rpc;

/// <summary>Contracts of small results. A missing member is a fault of whoever answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ulong[]))]
[JsonSerializable(typeof(SignatureLine[]))]
[JsonSerializable(typeof(SupplyResult))]
internal sealed partial class RpcJson : JsonSerializerContext
{
    /// <summary>Reads a result of a contract.</summary>
    public static T Read<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> contract) =>
        JsonSerializer.Deserialize(ref reader, contract) ?? throw new JsonException("Null where a value is due.");
}

/// <summary>A line of <c>getSignaturesForAddress</c>; <paramref name="Err"/> is null or whatever describes a failure.</summary>
internal sealed record SignatureLine(string Signature, ulong Slot, JsonElement? Err)
{
    /// <summary>The line in the project's words.</summary>
    public SignatureInfo ToInfo() => new(Signature, Slot, Err is { ValueKind: not JsonValueKind.Null });
}

/// <summary>The slot that a result holds for.</summary>
internal sealed record ContextResult(ulong Slot);

/// <summary>The result of <c>getTokenSupply</c>.</summary>
internal sealed record SupplyResult(ContextResult Context, SupplyValue Value);

/// <summary>A quantity; its <c>uiAmount</c> is a float and left alone.</summary>
internal sealed record SupplyValue([property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] ulong Amount, byte Decimals);
