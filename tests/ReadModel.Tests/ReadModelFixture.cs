using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Testing;

namespace WildNOut.ReadModel.Tests;

/// <summary>A fresh database with the schema in it.</summary>
internal sealed class ReadModelFixture : IAsyncDisposable
{
    private readonly TestDatabase _place;

    private ReadModelFixture(TestDatabase place)
    {
        _place = place;
        Database = Open();
    }

    public ReadModelDatabase Database { get; }

    public string Url => _place.Url;

    public static async Task<ReadModelFixture> Empty(string kind) => new(await TestDatabases.Fresh(kind));

    public static async Task<ReadModelFixture> Migrated(string kind) => await Migrated(await Empty(kind));

    public static Task<ReadModelFixture> MigratedAt(string url) => Migrated(new ReadModelFixture(new TestDatabase(url, () => Task.CompletedTask)));

    private static async Task<ReadModelFixture> Migrated(ReadModelFixture fixture)
    {
        await Migrator.RunAsync(fixture.Database, NullLogger.Instance);
        return fixture;
    }

    /// <summary>Another node's door to the same database.</summary>
    public ReadModelDatabase Open() => new(Url, 20, NullLogger<ReadModelDatabase>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _place.DisposeAsync();
    }
}
