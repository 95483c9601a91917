using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Audit;

/// <summary>JSON contracts of the capability, for the journal, for the wire between nodes, and for the read model.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(RecordAction))]
[JsonSerializable(typeof(GetAuditHead))]
[JsonSerializable(typeof(ActionRecorded))]
[JsonSerializable(typeof(AuditReceipt))]
[JsonSerializable(typeof(AuditState))]
[JsonSerializable(typeof(AuditEntryView))]
public sealed partial class AuditJson : JsonSerializerContext;
