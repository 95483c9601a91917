using LinqToDB.Data;
using Microsoft.Data.Sqlite;

namespace WildNOut.Actors.Battles;

/// <summary>One prepared statement, run once a row: within a transaction SQLite has no faster way.</summary>
internal sealed class SqliteBattleWrites : BattleWrites
{
    public override Task InsertVotesAsync(DataConnection database, IReadOnlyList<VoteCast> votes, CancellationToken cancellation) => RunAsync(
        database,
        "insert into votes (battle_id, voter_id, entry_id, value, weight, cast_at) values ($1, $2, $3, $4, $5, $6)",
        votes.Select(vote => new object[] { vote.BattleId, vote.VoterId, vote.EntryId, vote.Value, vote.Weight, vote.At.ToUnixTimeMilliseconds() }),
        cancellation);

    public override Task AddToEntriesAsync(
        DataConnection database, IReadOnlyList<(Guid EntryId, long Votes, long Total)> counts, CancellationToken cancellation) => RunAsync(
        database,
        "update entries set vote_count = vote_count + $2, vote_total = vote_total + $3 where id = $1",
        counts.Select(count => new object[] { count.EntryId, count.Votes, count.Total }),
        cancellation);

    public override Task AddToBattlesAsync(
        DataConnection database, IReadOnlyList<(Guid BattleId, long Votes, long Newcomers)> counts, CancellationToken cancellation) => RunAsync(
        database,
        "update battle_counts set vote_count = vote_count + $2, newcomers = newcomers + $3 where battle_id = $1",
        counts.Select(count => new object[] { count.BattleId, count.Votes, count.Newcomers }),
        cancellation);

    public override Task AddViewsAsync(DataConnection database, IReadOnlyDictionary<Guid, long> views, CancellationToken cancellation) => RunAsync(
        database,
        "update entries set view_count = view_count + $2 where id = $1",
        views.Select(view => new object[] { view.Key, view.Value }),
        cancellation);

    public override Task SetRanksAsync(DataConnection database, IReadOnlyList<(Guid EntryId, int Rank)> ranks, CancellationToken cancellation) => RunAsync(
        database,
        "update entries set rank = $2 where id = $1",
        ranks.Select(rank => new object[] { rank.EntryId, rank.Rank }),
        cancellation);

    private static async Task RunAsync(DataConnection database, string sql, IEnumerable<object[]> rows, CancellationToken cancellation)
    {
        await using var command = await CommandAsync(database, sql, sql.Split('$').Skip(1).Max(part => part[0] - '0'), cancellation);
        foreach (var row in rows)
        {
            Set(command, row);
            command.ExecuteNonQuery();
        }
    }

    private static async Task<SqliteCommand> CommandAsync(DataConnection database, string sql, int parameters, CancellationToken cancellation)
    {
        var connection = (SqliteConnection)await database.OpenDbConnectionAsync(cancellation);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = (SqliteTransaction?)database.Transaction;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        return command;
    }

    private static void Set(SqliteCommand command, object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] is Guid id ? id.ToString("D") : values[i];
        }
    }
}
