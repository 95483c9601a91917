using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>How far a reader of the journal is.</summary>
/// <param name="Position">Everything up to here has its effect.</param>
/// <param name="ResetRequested">Whether it is to start again from zero.</param>
public readonly record struct ReaderOffset(long Position, bool ResetRequested);

/// <summary>The positions of projections and policies, in the same database as the rows they speak of.</summary>
public static class Offsets
{
    /// <summary>The kind of a projection, which may be rebuilt.</summary>
    public const string Projection = "projection";

    /// <summary>The kind of a policy, which may not: its effects lie elsewhere.</summary>
    public const string Policy = "policy";

    /// <summary>The offset of a reader, begun at zero when it is new.</summary>
    public static async Task<ReaderOffset> LoadAsync(DataConnection database, string name, string kind, CancellationToken cancellation)
    {
        await database.ExecuteAsync(
            """
            insert into read_offsets (name, kind, position, reset_requested, updated_at) values (@name, @kind, 0, false, 0)
            on conflict (name) do nothing
            """,
            cancellation,
            new DataParameter("name", name),
            new DataParameter("kind", kind));
        var row = await database.GetTable<Row>().SingleAsync(found => found.Name == name, cancellation);
        return new ReaderOffset(row.Position, row.ResetRequested);
    }

    /// <summary>All offsets by name, over a connection from the pool.</summary>
    public static async Task<IReadOnlyDictionary<string, ReaderOffset>> AllAsync(ReadModelDatabase database, CancellationToken cancellation)
    {
        await using var connection = database.Open();
        return await AllAsync(connection, cancellation);
    }

    /// <summary>All offsets by name.</summary>
    public static async Task<IReadOnlyDictionary<string, ReaderOffset>> AllAsync(DataConnection database, CancellationToken cancellation)
    {
        var rows = await database.GetTable<Row>().ToListAsync(cancellation);
        return rows.ToDictionary(row => row.Name, row => new ReaderOffset(row.Position, row.ResetRequested), StringComparer.Ordinal);
    }

    /// <summary>Moves an offset within the caller's transaction.</summary>
    /// <exception cref="OffsetMovedException">It is not where the caller believes: another worker moved it, or a rebuild is wanted.</exception>
    public static async Task MoveAsync(DataConnection database, string name, long from, long to, CancellationToken cancellation)
    {
        var moved = await database.ExecuteAsync(
            "update read_offsets set position = @to, updated_at = @now where name = @name and position = @from and not reset_requested",
            cancellation,
            new DataParameter("name", name),
            new DataParameter("from", from),
            new DataParameter("to", to),
            new DataParameter("now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        if (moved != 1)
        {
            throw new OffsetMovedException(name);
        }
    }

    /// <summary>Puts an offset back to zero and clears the wish for it, within the caller's transaction.</summary>
    public static Task ResetAsync(DataConnection database, string name, CancellationToken cancellation) => database.ExecuteAsync(
        "update read_offsets set position = 0, reset_requested = false where name = @name", cancellation, new DataParameter("name", name));

    /// <summary>Wishes a projection back to zero; false when there is no such projection.</summary>
    public static async Task<bool> RequestResetAsync(DataConnection database, string name, CancellationToken cancellation) =>
        await database.ExecuteAsync(
            "update read_offsets set reset_requested = true where name = @name and kind = 'projection'",
            cancellation,
            new DataParameter("name", name)) == 1;

    [Table("read_offsets")]
    private sealed record Row
    {
        [Column("name"), PrimaryKey]
        public string Name { get; init; } = "";

        [Column("position")]
        public long Position { get; init; }

        [Column("reset_requested")]
        public bool ResetRequested { get; init; }
    }
}

/// <summary>Another worker moved the offset, or a rebuild was asked for: what was just done in this transaction must not count.</summary>
public sealed class OffsetMovedException(string name) : Exception($"The offset of {name} is no longer where it was read.");
