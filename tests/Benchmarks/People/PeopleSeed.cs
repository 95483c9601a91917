using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Benchmarks.People;

/// <summary>
/// Fills the read model of an empty PostgreSQL database with people and the changes of their points over the last 90 days, as the projections would have left it.
/// Entities and journal stay empty: who signs in as one of these people begins anew.
/// </summary>
/// <param name="url">As in <c>DATABASE_URL</c>.</param>
/// <param name="people">How many people.</param>
/// <param name="changes">How many rows the ledger has.</param>
internal sealed class PeopleSeed(string url, int people, int changes)
{
    private static readonly string[] Tables = ["users", "points_ledger", "leaderboard", "leaderboard_buckets"];

    private readonly DatabaseAddress _address = DatabaseAddress.Parse(url, 10);
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Fills the database; one that has people already is left as it is.</summary>
    public async Task RunAsync()
    {
        await using (var database = new ReadModelDatabase(url, 10, NullLogger<ReadModelDatabase>.Instance))
        {
            await Migrator.RunAsync(database, NullLogger.Instance);
        }

        await using var connection = await OpenAsync();
        if (await ScalarAsync<bool>(connection, "select exists (select 1 from users)"))
        {
            Console.WriteLine("The database has people already.");
            return;
        }

        var indexes = await TakeIndexesAsync(connection);
        var crowd = new Crowd(people, DateTimeOffset.UtcNow);
        await using (var other = await OpenAsync())
        {
            new LedgerCopy(crowd, changes).Run(connection, other);
        }

        Say($"{changes:N0} changes of points");
        new PeopleCopy(crowd).Run(connection);
        Say($"{people:N0} people");
        await Task.WhenAll(MakeAsync(indexes.Where((_, i) => i % 2 == 0)), MakeAsync(indexes.Where((_, i) => i % 2 == 1)));
        Say("indexes");
        await ExecuteAsync(connection, Blocks);
        await ExecuteAsync(connection, $"vacuum (analyze) {string.Join(", ", Tables)}, leaderboard_blocks, leaderboard_marks");
        Say("blocks and statistics");
    }

    private const string Blocks = """
        delete from leaderboard_blocks where key <> -9223372036854775808;
        insert into leaderboard_blocks (board, key, since, number, people)
        select board,
            case when last then 9223372036854775807 else key end, case when last then 0 else since end, case when last then 0 else number end,
            (row - 1) % 1000 + 1
        from (
            select board, key, since, number, row_number() over places as row, lead(number) over places is null as last
            from (
                select 0 as board, all_key as key, all_since as since, number from leaderboard where all_key < 0
                union all select 1, day_key, credited_at, number from leaderboard where day_key < 0
                union all select 2, week_key, credited_at, number from leaderboard where week_key < 0
                union all select 3, month_key, credited_at, number from leaderboard where month_key < 0) standing
            window places as (partition by board order by key, since, number)) ranked
        where row % 1000 = 0 or last;
        insert into leaderboard_blocks select board, 9223372036854775807, 0, 0, 0 from generate_series(0, 3) board on conflict do nothing;
        """;

    /// <summary>Rows go in faster before there are indexes on them; keys and constraints stay.</summary>
    private static async Task<IReadOnlyList<string>> TakeIndexesAsync(NpgsqlConnection connection)
    {
        var indexes = new List<(string Name, string Definition)>();
        await using (var command = new NpgsqlCommand(
            "select indexname, indexdef from pg_indexes where tablename = any($1) and not exists (select 1 from pg_constraint where conname = indexname) order by indexdef", connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = Tables });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                indexes.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (name, _) in indexes)
        {
            await ExecuteAsync(connection, $"drop index {name}");
        }

        return [.. indexes.Select(index => index.Definition)];
    }

    private async Task MakeAsync(IEnumerable<string> indexes)
    {
        await using var connection = await OpenAsync();
        foreach (var definition in indexes)
        {
            await ExecuteAsync(connection, definition);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_address.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "set synchronous_commit = off; set maintenance_work_mem = '768MB'; set work_mem = '256MB'");
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private void Say(string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,6:F1} s  {what}"));
}
