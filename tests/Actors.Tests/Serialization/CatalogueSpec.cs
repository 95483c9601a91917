using System.Text;
using System.Text.RegularExpressions;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using Xunit;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary>Everything that travels or is journalled is listed, named and survives the wire.</summary>
public sealed partial class CatalogueSpec(NodeSerialization node) : IClassFixture<NodeSerialization>
{
    /// <summary>The forms that the serializer writes itself.</summary>
    private static readonly Type[] Forms = [typeof(Envelope), typeof(Done), typeof(EventBatch), typeof(EntitySnapshot)];

    public static TheoryData<Type> Messages => [.. typeof(IMessage).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && typeof(IMessage).IsAssignableFrom(type) && !Forms.Contains(type))];

    /// <summary>Those that are still written; older ones are read as what took their place.</summary>
    public static TheoryData<Type> Written => [.. NodeSerialization.Catalogue.Entries.Where(entry => entry.Upcast is null).Select(entry => entry.Type)];

    public static TheoryData<string> Manifests => [.. NodeSerialization.Catalogue.Entries.Select(entry => entry.Manifest).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_type_is_in_the_catalogue(Type type) =>
        Assert.Contains(NodeSerialization.Catalogue.Entries, entry => entry.Type == type);

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_manifest_has_the_form_capability_name_version(string manifest) => Assert.Matches(ManifestForm(), manifest);

    [Theory]
    [MemberData(nameof(Written))]
    public void Every_message_survives_the_wire_with_every_member(Type type)
    {
        var message = (IMessage)MessageSamples.Of(type);
        var (bytes, manifest) = (node.Write(message), node.ManifestOf(message));
        var read = node.Read(bytes, manifest);
        Assert.IsType(type, read);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(node.Write(read)));
    }

    [Fact]
    public void A_type_that_is_not_listed_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => NodeSerialization.Catalogue.Of(new Unlisted()));
        Assert.Contains(nameof(Unlisted), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_not_listed_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => NodeSerialization.Catalogue.Of("battle.unheard-of.v1"));
        Assert.Contains("battle.unheard-of.v1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_and_a_type_are_listed_once_only()
    {
        Assert.Throws<ArgumentException>(() => MessageCatalogue.Build(EngineJson.List, EngineJson.List));
    }

    [GeneratedRegex(@"^[a-z-]+\.[a-z-]+\.v\d+$")]
    private static partial Regex ManifestForm();

    private sealed record Unlisted : IReply;
}
