using System.Data;
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

    private const string Sql = """
        insert into journal (persistence_id, sequence_number, created, deleted, message, tags, manifest, identifier, writer_uuid)
        select id, number, created, false, message, '', manifest, serializer, $7
        from unnest($1, $2, $3, $4, $5, $6) with ordinality as new (id, number, created, message, manifest, serializer, place)
        order by place
        """;

    private readonly Lock _gate = new();
    private readonly Queue<Group> _waiting = new();
    private readonly List<Group> _underWay = [];
    private bool _busy;
    private bool _closed;
    private Statement? _statement;

    /// <summary>Writes rows that stand or fall together. Rows of one persistence id are written in the order of the calls.</summary>
    /// <returns>Ends when they are durable. Who goes on there goes on on the thread that writes, and must not keep it.</returns>
    /// <exception cref="PostgresException">They break a constraint.</exception>
    /// <exception cref="NpgsqlException">It is not certain that they were written.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public Task WriteAsync(IReadOnlyList<JournalRowToWrite> rows)
    {
        var group = new Group(rows);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Enqueue(group);
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

    /// <summary>Waits until what was handed in for a persistence id has been written, or not.</summary>
    public async Task WhenSettled(string persistenceId)
    {
        Task[] pending;
        lock (_gate)
        {
            pending = [.. _underWay.Concat(_waiting).Where(group => group.Rows.Any(row => row.PersistenceId == persistenceId)).Select(group => group.Written.Task)];
        }

        foreach (var task in pending)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        var fault = await InsertAsync(_underWay);
        if (fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } && _underWay.Count > 1)
        {
            // Somebody else wrote in the name of one of them: the others have nothing to do with it.
            foreach (var group in _underWay)
            {
                group.End(await InsertAsync([group]));
            }

            return;
        }

        foreach (var group in _underWay)
        {
            group.End(fault);
        }
    }

    /// <summary>Writes groups in one statement.</summary>
    /// <returns>What went wrong; null when all are durable.</returns>
    private async Task<Exception?> InsertAsync(IReadOnlyList<Group> groups)
    {
        try
        {
            if (_statement is { Usable: false })
            {
                Forget();
            }

            _statement ??= await Statement.OpenAsync(connectionString, writerId).ConfigureAwait(false);
            await _statement.ExecuteAsync(groups).ConfigureAwait(false);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private void Forget()
    {
        _statement?.Dispose();
        _statement = null;
    }

    /// <summary>Rows that stand or fall together, and who waits for them.</summary>
    private sealed class Group(IReadOnlyList<JournalRowToWrite> rows)
    {
        public IReadOnlyList<JournalRowToWrite> Rows => rows;

        /// <summary>Ends on the thread that writes: who waits only tells actors.</summary>
        public TaskCompletionSource Written { get; } = new();

        public void End(Exception? fault)
        {
            if (fault is null)
            {
                Written.SetResult();
            }
            else
            {
                Written.SetException(fault);
            }
        }
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
