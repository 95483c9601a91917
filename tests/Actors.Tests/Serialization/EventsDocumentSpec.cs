using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary><c>docs/events.md</c> says what the code says: every event under its manifest, with its fields in order.</summary>
public sealed partial class EventsDocumentSpec
{
    [Fact]
    public void Every_event_is_in_the_document_with_its_fields_and_nothing_else_is()
    {
        var events = NodeSerialization.Catalogue.Entries
            .Where(entry => typeof(IEvent).IsAssignableFrom(entry.Type))
            .Select(entry => (entry.Manifest, Fields: string.Join(", ", entry.Json.Properties.Select(property => property.Name))))
            .OrderBy(row => row.Manifest, StringComparer.Ordinal);
        var described = File.ReadLines(Document()).Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => (Manifest: match.Groups["manifest"].Value, Fields: match.Groups["fields"].Value))
            .OrderBy(row => row.Manifest, StringComparer.Ordinal);
        Assert.Equal(events, described);
    }

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "events.md");

    [GeneratedRegex(@"^\| `(?<manifest>[a-z-]+\.[a-z-]+\.v\d+)` \| (?<fields>[^|]+?) \|")]
    private static partial Regex Row();
}
