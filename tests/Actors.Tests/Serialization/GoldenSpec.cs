using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using Xunit;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary>
/// What was once written must be read for ever: events, snapshots, the replies that snapshots remember, and what travels between nodes of
/// two versions. Each manifest has a file <c>Goldens/{manifest}.json</c>, written once and never changed. To write the missing ones, run
/// <c>WILDNOUT_WRITE_GOLDENS=1 dotnet test tests/Actors.Tests --filter FullyQualifiedName~GoldenSpec</c> and commit them; a file that is
/// there is never overwritten. A test that fails here says that rows in people's databases can be read no more: give the new shape a new version.
/// </summary>
public sealed class GoldenSpec(NodeSerialization node) : IClassFixture<NodeSerialization>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static readonly BattleCancelled Event = new(Guid.Parse("01930000-0000-7000-8000-000000000001"), "somebody", new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero));

    private static readonly Dictionary<string, IMessage> Forms = new()
    {
        ["engine.envelope.v1"] = new Envelope("01930000-0000-7000-8000-000000000001", new AdvanceBattle(), "command-1", "fingerprint-1"),
        ["engine.done.v1"] = new Done(Acknowledged.Instance, 42),
        ["engine.event-batch.v1"] = new EventBatch([new RecordedEvent(Event, "command-1", "fingerprint-1"), new RecordedEvent(Event)]),
        ["engine.snapshot.v1"] = new EntitySnapshot(
            new BallotBoxSnapshot([]),
            [new RememberedOutcome("command-1", "fingerprint-1", Acknowledged.Instance), new RememberedOutcome("command-2", null, Rejection.NotFound("battle"))]),
    };

    public static TheoryData<string> Manifests => [.. Known.Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Known => NodeSerialization.Catalogue.Entries.Select(entry => entry.Manifest).Concat(Forms.Keys);

    [Theory]
    [MemberData(nameof(Manifests))]
    public void What_was_written_is_read_for_ever(string manifest)
    {
        var golden = JsonNode.Parse(File.ReadAllText(Find(manifest)))!;
        var read = node.Read(JsonSerializer.SerializeToUtf8Bytes(golden), manifest);
        if (IsRetired(manifest))
        {
            Assert.Contains(NodeSerialization.Catalogue.Entries, entry => entry.Upcast is null && entry.Type == read.GetType());
            return;
        }

        Assert.Equal(manifest, node.ManifestOf(read));
        var again = JsonNode.Parse(node.Write(read))!;
        Assert.True(JsonNode.DeepEquals(golden, again), $"Golden:\n{golden.ToJsonString(Readable)}\nWritten now:\n{again.ToJsonString(Readable)}");
    }

    [Fact]
    public void No_golden_file_is_without_its_manifest() =>
        Assert.Empty(Directory.GetFiles(Folder(), "*.json").Select(Path.GetFileNameWithoutExtension).Except(Known));

    private static bool IsRetired(string manifest) => NodeSerialization.Catalogue.Entries.Any(entry => entry.Manifest == manifest && entry.Upcast is not null);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Goldens");

    private string Find(string manifest)
    {
        var file = Path.Combine(Folder(), manifest + ".json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("WILDNOUT_WRITE_GOLDENS") == "1")
        {
            using var stream = new FileStream(file, FileMode.CreateNew);
            stream.Write(Encoding.UTF8.GetBytes(JsonNode.Parse(node.Write(Sample(manifest)))!.ToJsonString(Readable) + "\n"));
        }

        Assert.True(File.Exists(file), $"{manifest} has no golden file. Write it as the summary of {nameof(GoldenSpec)} says.");
        return file;
    }

    private static IMessage Sample(string manifest) =>
        Forms.TryGetValue(manifest, out var form) ? form : (IMessage)MessageSamples.Of(NodeSerialization.Catalogue.Of(manifest).Type);
}
