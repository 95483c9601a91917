using System.Buffers;
using System.Text.Json;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Serialization;

namespace WildNOut.Actors.Engine.Journal;

/// <summary>Hands the catalogue to the serializer of an actor system.</summary>
public sealed class MessageCatalogueSetup(MessageCatalogue catalogue) : Setup
{
    /// <summary>The catalogue of this node.</summary>
    public MessageCatalogue Catalogue { get; } = catalogue;
}

/// <summary>
/// The one serializer of everything that is an <see cref="IMessage"/>: source-generated JSON under a manifest from the
/// <see cref="MessageCatalogue"/>. No type name ever comes from the wire.
/// </summary>
public sealed class JournalSerializer : SerializerWithStringManifest
{
    private const string EnvelopeManifest = "engine.envelope.v1";
    private const string DoneManifest = "engine.done.v1";
    private const string BatchManifest = "engine.event-batch.v1";
    private const string SnapshotManifest = "engine.snapshot.v1";

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_writer;

    private readonly MessageCatalogue _catalogue;

    /// <summary>Made by the actor system, which must carry a <see cref="MessageCatalogueSetup"/>.</summary>
    public JournalSerializer(ExtendedActorSystem system)
        : base(system) => _catalogue = system.Settings.Setup.Get<MessageCatalogueSetup>().Value?.Catalogue
        ?? throw new InvalidOperationException("The actor system has no message catalogue.");

    /// <summary>Never change it: journal rows carry it.</summary>
    public override int Identifier => 8110;

    /// <inheritdoc />
    public override string Manifest(object o) => o switch
    {
        Envelope => EnvelopeManifest,
        Done => DoneManifest,
        EventBatch => BatchManifest,
        EntitySnapshot => SnapshotManifest,
        IMessage message => _catalogue.Of(message).Manifest,
        _ => throw new ArgumentException($"{o.GetType()} is no message.", nameof(o)),
    };

    /// <inheritdoc />
    public override byte[] ToBinary(object obj)
    {
        t_writer ??= NewWriter();
        var (buffer, writer) = t_writer.Value;
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        switch (obj)
        {
            case Envelope envelope: Write(writer, envelope); break;
            case Done done: Write(writer, done); break;
            case EventBatch batch: Write(writer, batch); break;
            case EntitySnapshot snapshot: Write(writer, snapshot); break;
            case IMessage message: JsonSerializer.Serialize(writer, message, _catalogue.Of(message).Json); break;
            default: throw new ArgumentException($"{obj.GetType()} is no message.", nameof(obj));
        }

        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1 << 20)
        {
            t_writer = null;
        }

        return bytes;
    }

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new Utf8JsonReader(bytes);
        return manifest switch
        {
            EnvelopeManifest => ReadEnvelope(ref reader),
            DoneManifest => ReadDone(ref reader),
            BatchManifest => ReadBatch(ref reader),
            SnapshotManifest => ReadSnapshot(ref reader),
            _ => _catalogue.Of(manifest).Read(ref reader),
        };
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }

    private void Write(Utf8JsonWriter writer, Envelope envelope)
    {
        writer.WriteStartObject();
        writer.WriteString("to"u8, envelope.EntityId);
        WriteCause(writer, envelope.CommandId, envelope.Fingerprint);
        WriteTyped(writer, envelope.Message);
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, Done done)
    {
        writer.WriteStartObject();
        writer.WriteNumber("row"u8, done.SequenceNr);
        WriteTyped(writer, done.Reply);
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, EventBatch batch)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("events"u8);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var recorded = batch.Events[i];
            writer.WriteStartObject();
            WriteCause(writer, recorded.CommandId, recorded.Fingerprint);
            WriteTyped(writer, recorded.Event);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, EntitySnapshot snapshot)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("remembered"u8);
        foreach (var outcome in snapshot.Remembered)
        {
            writer.WriteStartObject();
            WriteCause(writer, outcome.CommandId, outcome.Fingerprint);
            WriteTyped(writer, outcome.Reply);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteTyped(writer, snapshot.State);
        writer.WriteEndObject();
    }

    private static void WriteCause(Utf8JsonWriter writer, string? commandId, string? fingerprint)
    {
        if (commandId is not null)
        {
            writer.WriteString("command"u8, commandId);
        }

        if (fingerprint is not null)
        {
            writer.WriteString("fingerprint"u8, fingerprint);
        }
    }

    private void WriteTyped(Utf8JsonWriter writer, IMessage message)
    {
        var entry = _catalogue.Of(message);
        writer.WriteString("type"u8, entry.Manifest);
        writer.WritePropertyName("data"u8);
        JsonSerializer.Serialize(writer, message, entry.Json);
    }

    private Envelope ReadEnvelope(ref Utf8JsonReader reader)
    {
        var part = ReadPart(ref reader);
        return new Envelope(part.To!, part.Message!, part.CommandId, part.Fingerprint);
    }

    private Done ReadDone(ref Utf8JsonReader reader)
    {
        var part = ReadPart(ref reader);
        return new Done((IReply)part.Message!, part.Row);
    }

    private EventBatch ReadBatch(ref Utf8JsonReader reader)
    {
        var items = ReadPart(ref reader).Items ?? [];
        var events = new List<RecordedEvent>(items.Count);
        foreach (var part in items)
        {
            events.Add(new RecordedEvent((IEvent)part.Message!, part.CommandId, part.Fingerprint));
        }

        return new EventBatch(events);
    }

    private EntitySnapshot ReadSnapshot(ref Utf8JsonReader reader)
    {
        var whole = ReadPart(ref reader);
        var remembered = new List<RememberedOutcome>();
        foreach (var part in whole.Items ?? [])
        {
            remembered.Add(new RememberedOutcome(part.CommandId!, part.Fingerprint, (IReply)part.Message!));
        }

        return new EntitySnapshot((ISnapshot)whole.Message!, remembered);
    }

    /// <summary>Reads one object of the engine's own forms; unknown members are skipped, so that a later version may add some.</summary>
    private Part ReadPart(ref Utf8JsonReader reader)
    {
        var part = default(Part);
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        MessageCatalogue.Entry? entry = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                entry = _catalogue.Of(reader.GetString()!);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                part.Message = (entry ?? throw new JsonException("'data' stands before its 'type'.")).Read(ref reader);
            }
            else if (reader.ValueTextEquals("to"u8))
            {
                reader.Read();
                part.To = reader.GetString();
            }
            else if (reader.ValueTextEquals("command"u8))
            {
                reader.Read();
                part.CommandId = reader.GetString();
            }
            else if (reader.ValueTextEquals("fingerprint"u8))
            {
                reader.Read();
                part.Fingerprint = reader.GetString();
            }
            else if (reader.ValueTextEquals("row"u8))
            {
                reader.Read();
                part.Row = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("events"u8) || reader.ValueTextEquals("remembered"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    (part.Items ??= []).Add(ReadPart(ref reader));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return part;
    }

    private struct Part
    {
        public string? To;
        public string? CommandId;
        public string? Fingerprint;
        public long Row;
        public IMessage? Message;
        public List<Part>? Items;
    }
}
