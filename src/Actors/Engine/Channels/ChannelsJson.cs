using System.Text.Json.Serialization;

namespace WildNOut.Actors.Engine.Channels;

/// <summary>JSON contracts of channels, for the wire between nodes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter), typeof(RawJsonConverter)])]
[JsonSerializable(typeof(Publish))]
[JsonSerializable(typeof(FollowChannel))]
[JsonSerializable(typeof(LeaveChannel))]
[JsonSerializable(typeof(ChannelFollowed))]
[JsonSerializable(typeof(ChannelMessages))]
public sealed partial class ChannelsJson : JsonSerializerContext;
