using LinqToDB.Data;
using Npgsql;
using NpgsqlTypes;

namespace WildNOut.Actors.Battles;

/// <summary>Binary COPY for votes, arrays for the rest: one statement a run, whatever its length.</summary>
internal sealed class PostgresBattleWrites : BattleWrites
{
    public override async Task InsertVotesAsync(DataConnection database, IReadOnlyList<VoteCast> votes, CancellationToken cancellation)
    {
        var connection = await ConnectionAsync(database, cancellation);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy votes (battle_id, voter_id, entry_id, value, weight, cast_at) from stdin (format binary)", cancellation);
        foreach (var vote in votes)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(vote.BattleId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(vote.VoterId, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(vote.EntryId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(vote.Value, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(vote.Weight, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(vote.At.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    public override Task AddToEntriesAsync(
        DataConnection database, IReadOnlyList<(Guid EntryId, long Votes, long Total)> counts, CancellationToken cancellation) => RunAsync(
        database,
        """
        update entries e set vote_count = e.vote_count + d.votes, vote_total = e.vote_total + d.total
        from unnest($1, $2, $3) as d (id, votes, total) where e.id = d.id
        """,
        cancellation,
        counts.Select(count => count.EntryId).ToArray(),
        counts.Select(count => count.Votes).ToArray(),
        counts.Select(count => count.Total).ToArray());

    public override Task AddToBattlesAsync(
        DataConnection database, IReadOnlyList<(Guid BattleId, long Votes, long Newcomers)> counts, CancellationToken cancellation) => RunAsync(
        database,
        """
        update battle_counts b set vote_count = b.vote_count + d.votes, newcomers = b.newcomers + d.newcomers
        from unnest($1, $2, $3) as d (id, votes, newcomers) where b.battle_id = d.id
        """,
        cancellation,
        counts.Select(count => count.BattleId).ToArray(),
        counts.Select(count => count.Votes).ToArray(),
        counts.Select(count => count.Newcomers).ToArray());

    public override Task AddViewsAsync(DataConnection database, IReadOnlyDictionary<Guid, long> views, CancellationToken cancellation) => RunAsync(
        database,
        "update entries e set view_count = e.view_count + d.views from unnest($1, $2) as d (id, views) where e.id = d.id",
        cancellation,
        views.Keys.ToArray(),
        views.Values.ToArray());

    public override Task SetRanksAsync(DataConnection database, IReadOnlyList<(Guid EntryId, int Rank)> ranks, CancellationToken cancellation) => RunAsync(
        database,
        "update entries e set rank = d.rank from unnest($1, $2) as d (id, rank) where e.id = d.id",
        cancellation,
        ranks.Select(rank => rank.EntryId).ToArray(),
        ranks.Select(rank => rank.Rank).ToArray());

    private static async Task RunAsync(DataConnection database, string sql, CancellationToken cancellation, params Array[] columns)
    {
        await using var command = await CommandAsync(database, sql, cancellation);
        foreach (var column in columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<NpgsqlCommand> CommandAsync(DataConnection database, string sql, CancellationToken cancellation) =>
        new(sql, await ConnectionAsync(database, cancellation), (NpgsqlTransaction?)database.Transaction);

    private static async Task<NpgsqlConnection> ConnectionAsync(DataConnection database, CancellationToken cancellation) =>
        (NpgsqlConnection)await database.OpenDbConnectionAsync(cancellation);
}
