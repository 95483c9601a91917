using MessagePack;

namespace WildNOut.Web.Realtime;

/// <summary>The answer to a subscription.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Sequence">The channel's latest number at that moment.</param>
/// <param name="Presence">Who is there; null for channels that do not show it.</param>
[MessagePackObject]
public sealed record Subscribed(
    [property: Key("channel")] string Channel,
    [property: Key("sequence")] long Sequence,
    [property: Key("presence")] object? Presence);
