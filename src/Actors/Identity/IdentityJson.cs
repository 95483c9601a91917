using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Identity;

/// <summary>JSON contracts of the capability, for the journal and for the wire between nodes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(SignOut))]
[JsonSerializable(typeof(SignedOut))]
[JsonSerializable(typeof(GetSignOuts))]
[JsonSerializable(typeof(SignOutNumber))]
[JsonSerializable(typeof(SignOuts))]
[JsonSerializable(typeof(SignOutsSnapshot))]
public sealed partial class IdentityJson : JsonSerializerContext;
