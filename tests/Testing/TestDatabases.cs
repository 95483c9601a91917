namespace WildNOut.Testing;

/// <summary>Fresh, empty databases for suites that run alike on PostgreSQL and SQLite.</summary>
public static class TestDatabases
{
    /// <summary>PostgreSQL.</summary>
    public const string Postgres = "postgres";

    /// <summary>SQLite.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>Both kinds, as member data of a theory.</summary>
    public static IEnumerable<object[]> Kinds => [[Sqlite], [Postgres]];

    /// <summary>A fresh, empty database.</summary>
    /// <param name="kind"><see cref="Postgres"/> or <see cref="Sqlite"/>.</param>
    public static async Task<TestDatabase> Fresh(string kind)
    {
        if (kind == Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("wildnout-sqlite-").FullName;
            return new TestDatabase($"sqlite:{Path.Combine(folder, "test.db")}", () =>
            {
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            });
        }

        if (kind != Postgres)
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Known kinds: postgres, sqlite.");
        }

        var server = await PostgresServer.Shared();
        var name = $"t_{Guid.NewGuid():N}";
        return new TestDatabase(await server.CreateDatabase(name), () => server.DropDatabase(name));
    }
}

/// <summary>A database that goes with its test.</summary>
/// <param name="url">A postgresql:// address or sqlite: and a path.</param>
/// <param name="remove">Removes it.</param>
public sealed class TestDatabase(string url, Func<Task> remove) : IAsyncDisposable
{
    /// <summary>As in <c>DATABASE_URL</c>.</summary>
    public string Url { get; } = url;

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await remove();
}
