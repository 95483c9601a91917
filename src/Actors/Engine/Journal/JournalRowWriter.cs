using System.Data;
using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace WildNOut.Actors.Engine.Journal;

/// <summary>A row of the journal before it has a position.</summary>
/// <param name="PersistenceId">Whose.</param>
/// <param name="SequenceNr">Its number among theirs.</param>
/// <param name="Created">When, in ticks.</param>
/// <param name="Message">What.</param>
/// <param name="Manifest">How to read it.</param>
/// <param name="Serializer">Who can.</param>
public readonly record struct JournalRowToWrite(string PersistenceId, long SequenceNr, long Created, byte[] Message, string Manifest, int Serializer);

/// <summary>
/// Writes rows into the journal of a PostgreSQL database, one statement at a time, each a transaction of its own: what comes in while one is under way goes with the next. So a
/// write is one way to the database and back, whatever it holds, with one text that is prepared once, over one connection that is kept for it. Safe for many threads.
/// </summary>
/// <param name="connectionString">For Npgsql.</param>
/// <param name="writerId">Tells the rows of this writer from those of others.</param>
public sealed class JournalRowWriter(string connectionString, string writerId)
{
    /// <summary>The most rows of a statement, unless a group of one caller has more.</summary>
    public const int MostRows = 400;

    /// <summary>
    /// How often the writer queues up again behind the work that waits for a thread before it writes the next rows: on a machine that is busy, what this work adds goes with them,
    /// and fewer statements carry more; on one that is not, hardly any time goes by.
    /// </summary>
    private const int Turns = 4;

    /// <summary>After so long it queues up no more: rows that wait have a limit of their own.</summary>
    private static readonly TimeSpan LongestTurns = TimeSpan.FromMilliseconds(20);

    /// <summary>The seconds that a statement may take: as long as the journal's circuit breaker waits, since behind one that hangs all others wait.</summary>
    private const int Patience = 5;

    private const string Sql = """
        insert into journal (persistence_id, sequence_number, created, deleted, message, tags, manifest, identifier, writer_uuid)
        select id, number, created, false, message, '', manifest, serializer, $7
        from unnest($1, $2, $3, $4, $5, $6) with ordinality as new (id, number, created, message, manifest, serializer, place)
        order by place
        """;

    private readonly Lock _gate = new();
    private readonly Queue<Group> _waiting = new();
    private readonly List<Group> _underWay = [];
    private int _rowsWaiting;
    private bool _busy;
    private bool _closed;
    private Statement? _statement;

    /// <summary>Writes rows that stand or fall together. Rows of one persistence id are written in the order of the calls.</summary>
    /// <returns>Ends when they are durable, on the thread that writes, which whoever goes on there must not keep.</returns>
    /// <exception cref="PostgresException">With a state of class 22, 23 or 40, such as a number that is taken: they were not written.</exception>
    /// <exception cref="NpgsqlException">Any other: it is not certain that they were not.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public Task WriteAsync(IReadOnlyList<JournalRowToWrite> rows)
    {
        var group = new Group(rows);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Enqueue(group);
            _rowsWaiting += rows.Count;
            if (_busy)
            {
                return group.Written.Task;
            }

            _busy = true;
        }

        // Not here, so that who else has rows at this moment joins the same statement.
        ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.RunAsync(), this, preferLocal: false);
        return group.Written.Task;
    }

    /// <summary>Waits until what was handed in for a persistence id has been written, or not, as far as is known here.</summary>
    public async Task WhenSettled(string persistenceId)
    {
        Task[] pending;
        lock (_gate)
        {
            pending = [.. _underWay.Concat(_waiting).Where(group => group.Rows.Any(row => row.PersistenceId == persistenceId)).Select(group => group.Written.Task)];
        }

        foreach (var task in pending)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        }
    }

    /// <summary>Takes no more rows, and gives the connection back when those that are here are written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            if (_busy)
            {
                return;
            }
        }

        Forget();
    }

    private async Task RunAsync()
    {
        while (TakeNext())
        {
            await WriteAllAsync();
            var written = Stopwatch.GetTimestamp();
            for (var turn = 0; turn < Turns && MayGather() && Stopwatch.GetElapsedTime(written) < LongestTurns; turn++)
            {
                await Task.Yield();
            }
        }
    }

    private bool MayGather()
    {
        lock (_gate)
        {
            return !_closed && _rowsWaiting < MostRows;
        }
    }

    private bool TakeNext()
    {
        lock (_gate)
        {
            _underWay.Clear();
            var rows = 0;
            while (_waiting.TryPeek(out var next) && (rows == 0 || rows + next.Rows.Count <= MostRows))
            {
                rows += next.Rows.Count;
                _underWay.Add(_waiting.Dequeue());
            }

            _rowsWaiting -= rows;
            _busy = rows > 0;
            if (_busy || !_closed)
            {
                return _busy;
            }
        }

        Forget();
        return false;
    }

    private async Task WriteAllAsync()
    {
        var outcome = await InsertAsync(_underWay);
        var apart = IsNobodyElses(outcome) && _underWay.Count > 1;
        foreach (var group in _underWay)
        {
            // Once the database is away, nobody else waits for it again.
            if (apart)
            {
                outcome = await InsertAsync([group]);
                apart = outcome.IsCompletedSuccessfully || IsNobodyElses(outcome);
            }

            group.Written.SetFromTask(outcome);
        }
    }

    /// <summary>
    /// Whether a statement was rolled back for what is in it, as when somebody else wrote in the name of one of its entities (a number is taken, or each waited for the other):
    /// the rest has nothing to do with it.
    /// </summary>
    private static bool IsNobodyElses(Task outcome) =>
        outcome.Exception?.InnerException is PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '0', ..] };

    /// <summary>Writes groups in one statement.</summary>
    /// <returns>A task that has ended: well when all are durable, else with what went wrong.</returns>
    private async Task<Task> InsertAsync(IReadOnlyList<Group> groups)
    {
        try
        {
            if (_statement is { Usable: false })
            {
                Forget();
            }

            _statement ??= await Statement.OpenAsync(connectionString, writerId).ConfigureAwait(false);
            await _statement.ExecuteAsync(groups).ConfigureAwait(false);
            return Task.CompletedTask;
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    private void Forget()
    {
        var statement = _statement;
        _statement = null;
        statement?.Dispose();
    }

    /// <summary>Rows that stand or fall together, and who waits for them.</summary>
    private sealed class Group(IReadOnlyList<JournalRowToWrite> rows)
    {
        public IReadOnlyList<JournalRowToWrite> Rows => rows;

        /// <summary>Ends on the thread that writes: who waits for their own rows only tells actors.</summary>
        public TaskCompletionSource Written { get; } = new();
    }

    /// <summary>The statement on its connection.</summary>
    private sealed class Statement : IDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlCommand _command;
        private readonly NpgsqlParameter<string[]> _ids = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        private readonly NpgsqlParameter<long[]> _numbers = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
        private readonly NpgsqlParameter<long[]> _created = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
        private readonly NpgsqlParameter<byte[][]> _messages = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
        private readonly NpgsqlParameter<string[]> _manifests = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        private readonly NpgsqlParameter<int[]> _serializers = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

        private Statement(NpgsqlConnection connection, string writerId)
        {
            _connection = connection;
            _command = new NpgsqlCommand(Sql, connection)
            {
                CommandTimeout = Patience,
                Parameters = { _ids, _numbers, _created, _messages, _manifests, _serializers, new NpgsqlParameter<string> { TypedValue = writerId } },
            };
        }

        /// <summary>Whether the connection still stands, as far as is known.</summary>
        public bool Usable => _connection.FullState == ConnectionState.Open;

        public static async Task<Statement> OpenAsync(string connectionString, string writerId)
        {
            var connection = new NpgsqlConnection(connectionString);
            try
            {
                await connection.OpenAsync().ConfigureAwait(false);
                return new Statement(connection, writerId);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public Task<int> ExecuteAsync(IReadOnlyList<Group> groups)
        {
            var count = groups.Sum(group => group.Rows.Count);
            var (ids, numbers, created) = (new string[count], new long[count], new long[count]);
            var (messages, manifests, serializers) = (new byte[count][], new string[count], new int[count]);
            var place = 0;
            foreach (var group in groups)
            {
                foreach (var row in group.Rows)
                {
                    (ids[place], numbers[place], created[place]) = (row.PersistenceId, row.SequenceNr, row.Created);
                    (messages[place], manifests[place], serializers[place]) = (row.Message, row.Manifest, row.Serializer);
                    place++;
                }
            }

            (_ids.TypedValue, _numbers.TypedValue, _created.TypedValue) = (ids, numbers, created);
            (_messages.TypedValue, _manifests.TypedValue, _serializers.TypedValue) = (messages, manifests, serializers);
            return _command.ExecuteNonQueryAsync();
        }

        public void Dispose()
        {
            _command.Dispose();
            _connection.Dispose();
        }
    }
}
