using System.Text;
using System.Text.Json.Serialization;
using Akka.Actor;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using Xunit;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary>Old versions become new ones on reading, step by step.</summary>
public sealed class UpcastSpec : IAsyncLifetime
{
    private static readonly MessageCatalogue Catalogue = MessageCatalogue.Build(
        builder => builder
            .AddRetired<SongV1, SongV2>("test.song.v1", UpcastJson.Default.SongV1, old => new SongV2(old.Name, "unknown"))
            .AddRetired<SongV2, Song>("test.song.v2", UpcastJson.Default.SongV2, old => new Song(old.Name, old.Singer, 0))
            .Add("test.song.v3", UpcastJson.Default.Song));

    private readonly ActorSystem _system = NodeSerialization.Start(Catalogue);

    [Theory]
    [InlineData("test.song.v1", """{"name":"Hey"}""", "unknown", 0)]
    [InlineData("test.song.v2", """{"name":"Hey","singer":"Me"}""", "Me", 0)]
    [InlineData("test.song.v3", """{"name":"Hey","singer":"Me","seconds":9}""", "Me", 9)]
    public void Every_version_is_read_as_the_newest(string manifest, string json, string singer, int seconds) =>
        Assert.Equal(new Song("Hey", singer, seconds), _system.Serialization.Deserialize(Encoding.UTF8.GetBytes(json), 8110, manifest));

    [Fact]
    public void Old_versions_inside_a_row_are_read_as_the_newest()
    {
        const string row = """
            {"events":[
              {"command":"one","type":"test.song.v1","data":{"name":"First"}},
              {"type":"test.song.v3","data":{"name":"Second","singer":"Me","seconds":9}}]}
            """;
        var batch = (EventBatch)_system.Serialization.Deserialize(Encoding.UTF8.GetBytes(row), 8110, "engine.event-batch.v1");
        Assert.Equal([new RecordedEvent(new Song("First", "unknown", 0), "one"), new RecordedEvent(new Song("Second", "Me", 9))], batch.Events);
    }

    [Fact]
    public void Only_the_newest_version_is_written() =>
        Assert.Equal("test.song.v3", Catalogue.Of(new Song("Hey", "Me", 9)).Manifest);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();
}

internal sealed record SongV1(string Name) : IEvent;

internal sealed record SongV2(string Name, string Singer) : IEvent;

internal sealed record Song(string Name, string Singer, int Seconds) : IEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SongV1))]
[JsonSerializable(typeof(SongV2))]
[JsonSerializable(typeof(Song))]
internal sealed partial class UpcastJson : JsonSerializerContext;
