using LinqToDB.Data;
using Npgsql;
using WildNOut.Actors.Engine.Journal;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>How rows get into the journal on PostgreSQL.</summary>
public sealed class JournalRowWriterSpec : IAsyncLifetime
{
    private const string Rows = "select persistence_id || ' ' || sequence_number || ' ' || encode(message, 'escape') from journal order by ordering";

    private ReadModelFixture _fixture = null!;
    private JournalRowWriter _writer = null!;

    public async Task InitializeAsync()
    {
        _fixture = await ReadModelFixture.Migrated(TestDatabases.Postgres);
        _writer = new JournalRowWriter(_fixture.Database.Address.ConnectionString, "w");
    }

    public async Task DisposeAsync()
    {
        _writer.Close();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Rows_of_many_go_together_in_order_each_once()
    {
        await Parallel.ForAsync(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (who, _) =>
        {
            for (var number = 1; number <= 25; number += 2)
            {
                await _writer.WriteAsync([Row($"a:{who}", number), Row($"a:{who}", number + 1)]);
            }
        });

        var rows = await Read<string>(Rows);
        Assert.Equal(40 * 26, rows.Count);
        foreach (var of in rows.GroupBy(row => row.Split(' ')[0]))
        {
            Assert.Equal(Enumerable.Range(1, 26).Select(number => $"{of.Key} {number} {of.Key}#{number}"), of);
        }

        Assert.InRange((await Read<long>("select count(distinct xmin::text) from journal")).Single(), 13, 40 * 13 / 2);
        Assert.Equal(["w 7 m.v1 false"], await Read<string>("select distinct concat(writer_uuid, ' ', identifier, ' ', manifest, ' ', deleted::text, tags) from journal"));
    }

    [Fact]
    public async Task Who_breaks_a_constraint_fails_alone()
    {
        await _writer.WriteAsync([Row("a:twice", 1)]);
        await using var hold = await Hold();
        var first = _writer.WriteAsync([Row("a:first", 1)]);
        await hold.SomebodyWaits();
        // These wait for the first, and are one statement.
        var (before, twice, after) = (_writer.WriteAsync([Row("a:before", 1)]), _writer.WriteAsync([Row("a:new", 1), Row("a:twice", 1)]), _writer.WriteAsync([Row("a:after", 1)]));
        await hold.Release();

        await Task.WhenAll(first, before, after);
        Assert.Equal(PostgresErrorCodes.UniqueViolation, (await Assert.ThrowsAsync<PostgresException>(() => twice)).SqlState);
        Assert.Equal(["a:twice 1 a:twice#1", "a:first 1 a:first#1", "a:before 1 a:before#1", "a:after 1 a:after#1"], await Read<string>(Rows));
    }

    [Fact]
    public async Task A_connection_that_was_cut_is_replaced_and_nothing_is_written_twice()
    {
        await _writer.WriteAsync([Row("a:one", 1)]);
        await using var hold = await Hold();
        var cut = _writer.WriteAsync([Row("a:one", 2)]);
        await hold.SomebodyWaits();
        await Read<bool>("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => cut);
        await hold.Release();
        await _writer.WriteAsync([Row("a:one", 2)]);
        Assert.Equal(["a:one 1 a:one#1", "a:one 2 a:one#2"], await Read<string>(Rows));
    }

    [Fact]
    public async Task A_statement_that_hangs_is_given_up_and_others_go_on()
    {
        await using var hold = await Hold();
        var hung = _writer.WriteAsync([Row("a:hung", 1)]);
        await hold.SomebodyWaits();
        var behind = _writer.WriteAsync([Row("a:behind", 1)]);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => hung.WaitAsync(TimeSpan.FromSeconds(20)));
        await hold.Release();
        await behind;
        Assert.Equal(["a:behind 1 a:behind#1"], await Read<string>(Rows));
    }

    [Fact]
    public async Task Who_comes_back_waits_for_what_was_handed_in_in_their_name_alone()
    {
        await using var hold = await Hold();
        var written = _writer.WriteAsync([Row("a:slow", 1)]);
        await hold.SomebodyWaits();
        var behind = _writer.WriteAsync([Row("a:behind", 1)]);
        Assert.True(_writer.WhenSettled("a:other").IsCompletedSuccessfully);
        var (slow, waiting) = (_writer.WhenSettled("a:slow"), _writer.WhenSettled("a:behind"));
        Assert.False(slow.IsCompleted || waiting.IsCompleted);
        await hold.Release();
        await Task.WhenAll(slow, waiting);
        Assert.True(written.IsCompletedSuccessfully && behind.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Closing_lets_what_is_here_be_written_and_takes_no_more()
    {
        await using var hold = await Hold();
        var (first, second) = (_writer.WriteAsync([Row("a:one", 1)]), _writer.WriteAsync([Row("a:two", 1)]));
        _writer.Close();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _writer.WriteAsync([Row("a:late", 1)]));
        await hold.Release();
        await Task.WhenAll(first, second);
        Assert.Equal(2, (await Read<string>(Rows)).Count);
    }

    private static JournalRowToWrite Row(string persistenceId, int number) => new(persistenceId, number, 1, System.Text.Encoding.UTF8.GetBytes($"{persistenceId}#{number}"), "m.v1", 7);

    private async Task<List<T>> Read<T>(string sql)
    {
        await using var connection = _fixture.Database.Open();
        return await connection.QueryToListAsync<T>(sql);
    }

    private async Task<HeldJournal> Hold()
    {
        var connection = _fixture.Database.Open();
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("lock table journal in exclusive mode");
        return new HeldJournal(this, connection, transaction);
    }

    /// <summary>A journal into which nobody can write until it is released.</summary>
    private sealed class HeldJournal(JournalRowWriterSpec spec, DataConnection connection, DataConnectionTransaction transaction) : IAsyncDisposable
    {
        public Task SomebodyWaits() => Eventually.Holds(async () =>
            (await spec.Read<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).Single() > 0);

        public Task Release() => transaction.CommitAsync();

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
