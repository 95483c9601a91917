using System.Text;
using System.Text.Json;
using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Realtime.Tests;

/// <summary>Announcements for tests.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static string BattleChannel() => $"battle:{Guid.CreateVersion7():D}";

    public static Publish Publish(int number, string? foldKey = null, string channel = "battles") =>
        new(Announcement(number, foldKey, channel));

    public static Announcement Announcement(int number, string? foldKey = null, string channel = "battles", string padding = "") =>
        new(channel, foldKey is null ? "battle.created" : "battle.vote", Noon, Data(number, padding), foldKey);

    public static int Number(ReadOnlyMemory<byte> data) => JsonDocument.Parse(data).RootElement.GetProperty("n").GetInt32();

    private static byte[] Data(int number, string padding) => Encoding.UTF8.GetBytes($$"""{"n":{{number}},"padding":"{{padding}}"}""");
}
