using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Token;

/// <summary>JSON contracts of the feed, for the journal, for the wire between nodes, and for clients.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(RecordBlocks))]
[JsonSerializable(typeof(FinalizeBlocks))]
[JsonSerializable(typeof(WithdrawBlocks))]
[JsonSerializable(typeof(ReconcileBlocks))]
[JsonSerializable(typeof(GetFeed))]
[JsonSerializable(typeof(FeedTip))]
[JsonSerializable(typeof(IngestObserved))]
[JsonSerializable(typeof(GetIngest))]
[JsonSerializable(typeof(IngestView))]
[JsonSerializable(typeof(BlocksRecorded))]
[JsonSerializable(typeof(BlocksFinalized))]
[JsonSerializable(typeof(BlocksWithdrawn))]
[JsonSerializable(typeof(FeedReconciled))]
[JsonSerializable(typeof(FeedSnapshot))]
[JsonSerializable(typeof(TokenTransaction))]
[JsonSerializable(typeof(TokenFinalized))]
[JsonSerializable(typeof(TokenWithdrawn))]
[JsonSerializable(typeof(TokenAdvanced))]
public sealed partial class FeedJson : JsonSerializerContext;
