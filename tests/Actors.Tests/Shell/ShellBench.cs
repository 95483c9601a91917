using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.Journal;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Shell;

/// <summary>A jar on a gated journal, with a lender that is a probe, every message serialized.</summary>
public abstract class ShellBench : TestKit
{
    private static readonly Config Hocon = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.actor {
          serializers.wildnout = "WildNOut.Actors.Engine.Journal.JournalSerializer, WildNOut.Actors"
          serialization-bindings { "WildNOut.Actors.Engine.IMessage, WildNOut.Actors" = wildnout }
        }
        akka.persistence {
          journal { plugin = "gated", auto-start-journals = [] }
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        gated {
          class = "WildNOut.Actors.Tests.Shell.GatedJournal, WildNOut.Actors.Tests"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        """);

    /// <param name="serialize">Off where failures travel between Akka's own actors, which no serializer has to carry.</param>
    protected ShellBench(bool serialize = true)
        : this(new JournalGate(), serialize)
    {
    }

    private ShellBench(JournalGate gate, bool serialize)
        : base(
            ActorSystemSetup.Create(
                BootstrapSetup.Create().WithConfig(
                    ConfigurationFactory.ParseString($"akka.actor.serialize-messages = {(serialize ? "on" : "off")}")
                        .WithFallback(Hocon).WithFallback(DefaultConfig)),
                new MessageCatalogueSetup(MessageCatalogue.Build(EngineJson.List, JarDefinition.List)),
                gate),
            "shell")
    {
        Gate = gate;
        Runtime = new EntityRuntime(Regions, TimeProvider.System, Announced.Enqueue);
        LenderProbe = CreateTestProbe("lender");
        Regions.Add("lender", LenderProbe);
    }

    protected JournalGate Gate { get; }

    protected ShardRegions Regions { get; } = new();

    protected EntityRuntime Runtime { get; }

    protected Akka.TestKit.TestProbe LenderProbe { get; }

    protected ConcurrentQueue<Announcement> Announced { get; } = new();

    protected IActorRef Start(string id = "one", JarDefinition? definition = null) =>
        Sys.ActorOf(EntityActor<Jar, IJarCommand, IJarEvent>.Props(definition ?? new JarDefinition(), id, Runtime));

    protected static Task<IReply> Ask(IActorRef jar, IMessage message, string? commandId = null, string? fingerprint = null) =>
        jar.Ask<IReply>(new Envelope("one", message, commandId, fingerprint), TimeSpan.FromSeconds(5));

    protected static async Task<Coins> AskCoins(IActorRef jar, IMessage message, string? commandId = null) => (await Ask(jar, message, commandId)) switch
    {
        Done { Reply: Coins coins } => coins,
        Coins coins => coins,
        var other => throw new InvalidOperationException($"No coins but {other}"),
    };

    protected async Task Stop(IActorRef jar)
    {
        Watch(jar);
        jar.Tell(StopEntity.Instance);
        await ExpectTerminatedAsync(jar);
    }
}
