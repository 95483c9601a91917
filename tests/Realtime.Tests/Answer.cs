using MessagePack;

namespace WildNOut.Realtime.Tests;

/// <summary>What a client gets for a subscription.</summary>
[MessagePackObject]
public sealed record Answer(
    [property: Key("channel")] string Channel,
    [property: Key("sequence")] long Sequence,
    [property: Key("presence")] object? Presence);
