using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine;

/// <summary>JSON contracts of the engine's own replies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(Unavailable))]
public sealed partial class EngineJson : JsonSerializerContext
{
    /// <summary>Lists the engine's replies.</summary>
    public static void List(MessageCatalogue.Builder catalogue) => catalogue
        .Add("engine.rejection.v1", Default.Rejection)
        .Add("engine.unavailable.v1", Default.Unavailable);
}
