using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>JSON contracts of the market, for the journal, for the wire between nodes, and for clients.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(RecordSample))]
[JsonSerializable(typeof(PriceRecorded))]
[JsonSerializable(typeof(SupplyChanged))]
[JsonSerializable(typeof(MilestoneReached))]
[JsonSerializable(typeof(SourcesObserved))]
[JsonSerializable(typeof(SampleTaken))]
[JsonSerializable(typeof(GetMarket))]
[JsonSerializable(typeof(MarketView))]
[JsonSerializable(typeof(MarketSnapshot))]
[JsonSerializable(typeof(PriceNotice))]
[JsonSerializable(typeof(MilestoneView))]
[JsonSerializable(typeof(MilestoneList))]
[JsonSerializable(typeof(PriceHistory))]
public sealed partial class MarketJson : JsonSerializerContext;
