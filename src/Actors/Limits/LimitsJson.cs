using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Limits;

/// <summary>JSON contracts of limits, for the wire between nodes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(LeasePermits))]
[JsonSerializable(typeof(PermitsLeased))]
[JsonSerializable(typeof(RecallPermits))]
[JsonSerializable(typeof(PermitsRecalled))]
[JsonSerializable(typeof(ReportFailures))]
public sealed partial class LimitsJson : JsonSerializerContext;
