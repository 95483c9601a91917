using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Engine.ReadModel;
using Xunit;

namespace WildNOut.Actors.Tests.Serialization;

/// <summary>An actor system with the serialization of a node and nothing else of it.</summary>
public sealed class NodeSerialization : IAsyncLifetime
{
    private readonly ActorSystem _system = Start(Catalogue);

    /// <summary>The catalogue of everything the capabilities list.</summary>
    public static MessageCatalogue Catalogue { get; } = ActorsSetup.Catalogue(ActorsSetup.Capabilities(Options));

    private static NodeOptions Options => new() { DatabaseUrl = "sqlite:none", ExtraHocon = "akka.actor.provider = local" };

    public static ActorSystem Start(MessageCatalogue catalogue) => ActorSystem.Create(
        "serialization",
        ActorSystemSetup.Empty
            .WithSetup(BootstrapSetup.Create().WithConfig(NodeHocon.Of(Options, DatabaseKind.Sqlite).WithFallback(ConfigurationFactory.Default())))
            .WithSetup(new MessageCatalogueSetup(catalogue)));

    public Serializer SerializerOf(object message) => _system.Serialization.FindSerializerFor(message);

    public byte[] Write(object message) => SerializerOf(message).ToBinary(message);

    public string ManifestOf(object message) => ((SerializerWithStringManifest)SerializerOf(message)).Manifest(message);

    public object Read(byte[] bytes, string manifest) => _system.Serialization.Deserialize(bytes, 8110, manifest);

    public T RoundTrip<T>(T message)
        where T : IMessage => (T)Read(Write(message), ManifestOf(message));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();
}
