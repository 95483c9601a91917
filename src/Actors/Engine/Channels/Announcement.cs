using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WildNOut.Actors.Engine.Channels;

/// <summary>Something to tell the subscribers of a channel. The data is serialized once, here, whatever the number of subscribers.</summary>
/// <param name="Channel">Such as <c>battles</c> or <c>battle:{id}</c>.</param>
/// <param name="Type">Such as <c>battle.created</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">UTF-8 JSON.</param>
/// <param name="FoldKey">
/// Announcements of one channel and fold key replace each other while they wait: only the latest matters (tallies, prices). Null for those that must all arrive.
/// </param>
public sealed record Announcement(string Channel, string Type, DateTimeOffset Timestamp, ReadOnlyMemory<byte> Data, string? FoldKey = null)
{
    /// <summary>An announcement of a typed value.</summary>
    public static Announcement Of<T>(string channel, string type, DateTimeOffset timestamp, T data, JsonTypeInfo<T> json, string? foldKey = null) =>
        new(channel, type, timestamp, JsonSerializer.SerializeToUtf8Bytes(data, json), foldKey);
}
