using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WildNOut.Actors.Engine;

/// <summary>
/// Every type that travels or is journalled, with its manifest and its source-generated JSON contract. A manifest such as
/// <c>battle.vote-cast.v1</c> is for ever; a changed shape is a new version beside the old one, and an upcast turns the old into the new on reading.
/// </summary>
public sealed class MessageCatalogue
{
    private readonly FrozenDictionary<Type, Entry> _byType;
    private readonly FrozenDictionary<string, Entry> _byManifest;

    private MessageCatalogue(Dictionary<Type, Entry> byType, Dictionary<string, Entry> byManifest)
    {
        _byType = byType.ToFrozenDictionary();
        _byManifest = byManifest.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All entries, retired versions too.</summary>
    public IEnumerable<Entry> Entries => _byManifest.Values;

    /// <summary>The entry of a message type.</summary>
    /// <exception cref="InvalidOperationException">The type is not in the catalogue.</exception>
    public Entry Of(IMessage message) =>
        _byType.TryGetValue(message.GetType(), out var entry)
            ? entry
            : throw new InvalidOperationException($"{message.GetType()} is not in the message catalogue.");

    /// <summary>The entry of a manifest.</summary>
    /// <exception cref="InvalidOperationException">Nothing was ever written under this manifest, or by a newer version only.</exception>
    public Entry Of(string manifest) =>
        _byManifest.TryGetValue(manifest, out var entry)
            ? entry
            : throw new InvalidOperationException($"'{manifest}' is not in the message catalogue.");

    /// <summary>Builds a catalogue out of what each capability lists.</summary>
    public static MessageCatalogue Build(params IEnumerable<Action<Builder>> lists)
    {
        var builder = new Builder();
        foreach (var list in lists)
        {
            list(builder);
        }

        return builder.Build();
    }

    /// <summary>One listed type.</summary>
    /// <param name="Manifest">Its name for ever.</param>
    /// <param name="Type">The type.</param>
    /// <param name="Json">Its JSON contract.</param>
    /// <param name="Upcast">For a retired version: turns it into the next one.</param>
    public sealed record Entry(string Manifest, Type Type, JsonTypeInfo Json, Func<IMessage, IMessage>? Upcast)
    {
        /// <summary>Reads one value and brings it up to its newest version.</summary>
        public IMessage Read(ref Utf8JsonReader reader) => Current(
            (IMessage?)JsonSerializer.Deserialize(ref reader, Json) ?? throw new JsonException($"{Manifest}: null"));

        private IMessage Current(IMessage message) => Upcast is null ? message : Upcast(message);
    }

    /// <summary>Gathers the entries.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<Type, Entry> _byType = [];
        private readonly Dictionary<string, Entry> _byManifest = new(StringComparer.Ordinal);

        /// <summary>Lists a type under its manifest.</summary>
        public Builder Add<T>(string manifest, JsonTypeInfo<T> json)
            where T : IMessage => Add(new Entry(manifest, typeof(T), json, null));

        /// <summary>Lists a version that is no longer written; <paramref name="upcast"/> gives the next version.</summary>
        public Builder AddRetired<TOld, TNew>(string manifest, JsonTypeInfo<TOld> json, Func<TOld, TNew> upcast)
            where TOld : IMessage
            where TNew : IMessage => Add(new Entry(manifest, typeof(TOld), json, old => Newest(upcast((TOld)old))));

        internal MessageCatalogue Build() => new(_byType, _byManifest);

        private IMessage Newest(IMessage message) =>
            _byType.TryGetValue(message.GetType(), out var entry) && entry.Upcast is { } next ? next(message) : message;

        private Builder Add(Entry entry)
        {
            _byType.Add(entry.Type, entry);
            _byManifest.Add(entry.Manifest, entry);
            return this;
        }
    }
}
