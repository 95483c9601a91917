using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using LinqToDB.Data;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>A journal that is written to row by row, and workers that read it.</summary>
internal sealed class ReadSideBench : IAsyncDisposable
{
    private const int SerializerId = 8110;
    private readonly ReadModelFixture _fixture;
    private readonly ActorSystem _system;
    private readonly JournalSerializer _serializer;
    private readonly ConcurrentDictionary<string, long> _rows = new();

    private ReadSideBench(ReadModelFixture fixture)
    {
        _fixture = fixture;
        _system = ActorSystem.Create("bench", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("""
                akka.loglevel = WARNING
                akka.actor {
                  serializers.wildnout = "WildNOut.Actors.Engine.Journal.JournalSerializer, WildNOut.Actors"
                  serialization-bindings { "WildNOut.Actors.Engine.IMessage, WildNOut.Actors" = wildnout }
                  serialization-identifiers { "WildNOut.Actors.Engine.Journal.JournalSerializer, WildNOut.Actors" = 8110 }
                }
                """)),
            new MessageCatalogueSetup(ActorsSetup.Catalogue(ActorsSetup.Capabilities(new NodeOptions { DatabaseUrl = "sqlite:none" })))));
        _serializer = new JournalSerializer((ExtendedActorSystem)_system);
        Decoder = new JournalDecoder(_system);
    }

    public ReadModelDatabase Database => _fixture.Database;

    public JournalDecoder Decoder { get; }

    public ActorSystem System => _system;

    public static JournalWorkerSettings Quick { get; } = new()
    {
        Gather = TimeSpan.FromMilliseconds(10),
        GatherWhenBusy = TimeSpan.FromMilliseconds(10),
        BetweenTries = TimeSpan.FromMilliseconds(5),
        LookAtOffsets = TimeSpan.FromMilliseconds(50),
    };

    public static async Task<ReadSideBench> On(string kind) => new(await ReadModelFixture.Migrated(kind));

    /// <summary>On a given database.</summary>
    public static async Task<ReadSideBench> At(string url) => new(await ReadModelFixture.MigratedAt(url));

    /// <summary>Another node's door to the same database.</summary>
    public ReadModelDatabase Open() => _fixture.Open();

    public Task AppendAsync(string persistenceId, params IEvent[] events) =>
        InsertAsync(persistenceId, _serializer.Manifest(new EventBatch([])), _serializer.ToBinary(new EventBatch([.. events.Select(e => new RecordedEvent(e))])));

    public Task AppendNonsenseAsync(string persistenceId) => InsertAsync(persistenceId, "engine.event-batch.v1", "{ \"events\": [ { \"type\": \"battle.no-such.v9\""u8.ToArray());

    public Func<long> NextRow(string persistenceId) => () => _rows.AddOrUpdate(persistenceId, 1, (_, row) => row + 1);

    public static async Task InsertRowAsync(DataConnection connection, string persistenceId, long row, string manifest, byte[] message) => await connection.ExecuteAsync(
        """
        insert into journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier)
        values (@created, false, @pid, @row, @message, '', @manifest, @serializer)
        """,
        new DataParameter("created", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()),
        new DataParameter("pid", persistenceId),
        new DataParameter("row", row),
        new DataParameter("message", message),
        new DataParameter("manifest", manifest),
        new DataParameter("serializer", SerializerId));

    public byte[] Bytes(params IEvent[] events) => _serializer.ToBinary(new EventBatch([.. events.Select(e => new RecordedEvent(e))]));

    public async Task<long> LastAsync()
    {
        await using var connection = Database.Open();
        return await connection.ExecuteAsync<long>("select coalesce(max(ordering), 0) from journal");
    }

    /// <summary>A worker that runs until it is disposed.</summary>
    public RunningWorker Run(JournalReader[] readers) => new RunningWorker(Worker(readers)).Started();

    public RunningWorker Run(params Projection[] projections) => Run([.. projections.Select(projection => new ProjectionReader(Database, projection))]);

    public JournalWorker Worker(params JournalReader[] readers) =>
        Worker(Quick, readers);

    public JournalWorker Worker(JournalWorkerSettings settings, params JournalReader[] readers) =>
        new(Database, Decoder, readers, settings, Metrics, NullLogger<JournalWorker>.Instance);

    public ReadSideMetrics Metrics { get; } = new();

    /// <summary>Waits until a reader has the whole journal.</summary>
    public async Task CaughtUpAsync(string name)
    {
        var progress = new ProjectionProgress(Database);
        Assert.True(await progress.WaitForAsync(name, await LastAsync(), TimeSpan.FromSeconds(20)), $"{name} did not catch up.");
    }

    public async ValueTask DisposeAsync()
    {
        Metrics.Dispose();
        await _system.Terminate();
        await _fixture.DisposeAsync();
    }

    private async Task InsertAsync(string persistenceId, string manifest, byte[] message)
    {
        await using var connection = Database.Open();
        await InsertRowAsync(connection, persistenceId, NextRow(persistenceId)(), manifest, message);
    }
}

/// <summary>A worker on the run.</summary>
internal sealed class RunningWorker(JournalWorker worker) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task? _run;

    public RunningWorker Started()
    {
        _run ??= worker.RunAsync(_stop.Token);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_run ?? Task.CompletedTask);
        _stop.Dispose();
    }
}
