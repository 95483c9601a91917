using System.Data.Common;
using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>
/// Reads the journal in the order of its positions and never steps over a row that is still being written.
/// </summary>
/// <remarks>
/// A position is drawn when a row is inserted, and the row shows when its transaction commits, so on PostgreSQL later rows may show first. The read
/// journal of Akka.Persistence.Sql waits a fixed time for such a gap and then steps over it for ever: a write that stalls longer would be missing from
/// every projection. Here a gap counts as settled only when every transaction that held a write lock on the journal after the gap was seen has
/// ended (PostgreSQL takes the lock before it draws a position and drops it after the row shows): then the row shows to the next read, or was rolled
/// back. So nothing is lost however long a write takes, and a rolled-back insert holds readers up for milliseconds, not for a second. SQLite has
/// one writer at a time, so its rows show in order.
/// </remarks>
/// <param name="database">The journal's database. Never a replica: a lock is seen on the primary only.</param>
/// <param name="decoder">Reads the messages.</param>
/// <param name="regions">The regions whose messages are fetched and decoded; null for all.</param>
public sealed class JournalTail(ReadModelDatabase database, JournalDecoder decoder, IReadOnlyCollection<string>? regions = null) : IAsyncDisposable
{
    /// <summary>
    /// Bytes of messages after which no more rows are taken: a row may hold thousands of events. About 5,000 votes; a run's events live until its
    /// transaction ends, and every collection of young objects meanwhile has to move them.
    /// </summary>
    private const int BytesAtOnce = 3 * 512 * 1024;

    private static readonly TimeSpan GapRecheck = TimeSpan.FromMilliseconds(4);

    private readonly KeptConnection _connection = new(database);
    private readonly string _sql = Sql(database.Kind, regions);

    /// <summary>
    /// One list for all stretches: a list of thousands of events is a large object, which stays after its use until the oldest generation is collected, and
    /// with it, for every collection of young objects until then, all the events in it.
    /// </summary>
    private readonly List<JournalEvent> _events = [];
    private int _rowsAtOnce = int.MaxValue;
    private long _settled;
    private Gap? _gap;

    /// <summary>
    /// The events after a position; waits a few milliseconds for rows that are being written in front of others. They are lent until <see cref="LetGo"/> or the next call.
    /// </summary>
    /// <param name="after">The last position that was read before.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<JournalStretch> ReadAsync(long after, int limit, CancellationToken cancellation) => _connection.UseAsync(async connection =>
    {
        LetGo();
        var (rows, cut) = await RowsAsync(connection, after, limit, cancellation);
        var solid = database.Kind == DatabaseKind.Postgres ? Solid(rows, after) : rows.Count;
        for (var tries = 0; solid == 0 && rows.Count > 0 && tries < 3; tries++)
        {
            await SettleAsync(connection, rows[^1].Offset, cancellation);
            await Task.Delay(GapRecheck, cancellation);
            (rows, cut) = await RowsAsync(connection, after, limit, cancellation);
            solid = Solid(rows, after);
        }

        if (solid < rows.Count)
        {
            await SettleAsync(connection, rows[^1].Offset, cancellation);
        }

        return decoder.Decode(rows, solid, after, cut && solid == rows.Count, _events);
    });

    /// <summary>Lets go of the events that were read last, once they have had their effect.</summary>
    public void LetGo() => _events.Clear();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>How many rows from the start have no unsettled gap before them.</summary>
    private int Solid(List<JournalRow> rows, long after)
    {
        var previous = after;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Offset != previous + 1 && rows[i].Offset > _settled + 1)
            {
                return i;
            }

            previous = rows[i].Offset;
        }

        return rows.Count;
    }

    private async Task SettleAsync(DataConnection connection, long seen, CancellationToken cancellation)
    {
        var writers = await connection.QueryToListAsync<string>(
            """
            select virtualtransaction from pg_locks
            where relation = 'journal'::regclass and mode = 'RowExclusiveLock' and granted and virtualtransaction is not null
              and database = (select oid from pg_database where datname = current_database())
            """,
            cancellation);
        _gap ??= new Gap(seen, [.. writers]);
        if (!_gap.Writers.Overlaps(writers))
        {
            _settled = Math.Max(_settled, _gap.UpTo);
            _gap = null;
        }
    }

    /// <summary>The next rows, and whether there may be more than these.</summary>
    private async Task<(List<JournalRow> Rows, bool Cut)> RowsAsync(DataConnection connection, long after, int limit, CancellationToken cancellation)
    {
        var most = Math.Min(limit, _rowsAtOnce);
        await using var reader = await connection.ExecuteReaderAsync(
            _sql, cancellation, new DataParameter("after", after), new DataParameter("many", most));
        var rows = new List<JournalRow>();
        var source = reader.Reader!;
        var bytes = 0L;
        while (bytes < BytesAtOnce && await source.ReadAsync(cancellation))
        {
            rows.Add(Row(source));
            bytes += rows[^1].Message?.Length ?? 0;
        }

        // Rows beyond the bytes were sent for nothing, so the next read asks for no more than about fit.
        _rowsAtOnce = bytes >= BytesAtOnce ? rows.Count : Math.Min(most, limit / 2) * 2;
        return (rows, rows.Count == most || bytes >= BytesAtOnce);
    }

    private static JournalRow Row(DbDataReader source) => new(
        source.GetInt64(0),
        source.GetString(1),
        source.GetInt64(2),
        source.GetInt64(3),
        source.IsDBNull(4) ? 0 : source.GetInt32(4),
        source.IsDBNull(5) ? "" : source.GetString(5),
        source.IsDBNull(6) ? null : source.GetFieldValue<byte[]>(6));

    private static string Sql(DatabaseKind kind, IReadOnlyCollection<string>? regions)
    {
        var region = kind == DatabaseKind.Postgres ? "split_part(persistence_id, ':', 1)" : "substr(persistence_id, 1, instr(persistence_id, ':') - 1)";
        var message = regions is null
            ? "message"
            : $"case when {region} in ({string.Join(", ", regions.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"))}) then message end";
        return $"""
            select ordering, persistence_id, sequence_number, created, identifier, manifest, {message}
            from journal where ordering > @after order by ordering limit @many
            """;
    }

    /// <param name="UpTo">The last position seen when the writers were listed.</param>
    /// <param name="Writers">The transactions that may yet fill a gap before it.</param>
    private sealed record Gap(long UpTo, HashSet<string> Writers);
}
