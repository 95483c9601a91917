using Npgsql;

namespace WildNOut.Testing.Feeds;

/// <summary>A movement as the read model holds it.</summary>
public sealed record StoredMovement(
    long Position, ulong Slot, string Signature, int Index, string Kind, string? Sender, string? Recipient, decimal Amount, decimal Fee);

/// <summary>How far the read model is.</summary>
/// <param name="Position">The newest line; 0 while there is none.</param>
/// <param name="Tip">The last slot that was read.</param>
/// <param name="Finalized">The newest finalized slot; 0 before the first.</param>
public sealed record FeedStanding(long Position, ulong Tip, ulong Finalized);

/// <summary>Reads the one feed of a PostgreSQL database without any of the platform's code.</summary>
public sealed class FeedTable(NpgsqlDataSource database)
{
    /// <summary>How far it is; all zero while there is no feed.</summary>
    public async Task<FeedStanding> Standing()
    {
        await using var command = database.CreateCommand("SELECT position, tip_slot, coalesce(finalized_slot, 0) FROM token_feed");
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? new FeedStanding(rows.GetInt64(0), (ulong)rows.GetInt64(1), (ulong)rows.GetInt64(2)) : new FeedStanding(0, 0, 0);
    }

    /// <summary>What was recorded and not withdrawn, in the order of the feed's lines.</summary>
    public Task<IReadOnlyList<StoredMovement>> Movements() => Read(
        "SELECT position, slot, signature, idx, kind, sender, recipient, amount, fee FROM token_transactions WHERE withdrawn_by IS NULL ORDER BY position",
        rows => new StoredMovement(
            rows.GetInt64(0),
            (ulong)rows.GetInt64(1),
            rows.GetString(2),
            rows.GetInt32(3),
            rows.GetString(4),
            rows.IsDBNull(5) ? null : rows.GetString(5),
            rows.IsDBNull(6) ? null : rows.GetString(6),
            rows.GetDecimal(7),
            rows.GetDecimal(8)));

    /// <summary>All positions that lines have, ascending: of movements, withdrawals and finality.</summary>
    public Task<IReadOnlyList<long>> Positions() =>
        Read("SELECT position FROM token_transactions UNION ALL SELECT position FROM token_notices ORDER BY position", rows => rows.GetInt64(0));

    /// <summary>How many transactions nobody understood.</summary>
    public Task<long> Parked() => Count("SELECT count(*) FROM token_parked");

    /// <summary>Events of the journal that some reader set aside.</summary>
    public Task<IReadOnlyList<string>> SetAside() =>
        Read("SELECT concat_ws(' ', name, persistence_id, sequence_nr, event_index, error) FROM parked_events", rows => rows.GetString(0));

    /// <summary>Rows of the journal that the feed has written.</summary>
    public Task<long> JournalRows() => Count("SELECT count(*) FROM journal WHERE persistence_id LIKE 'token-feed:%'");

    private async Task<IReadOnlyList<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        List<T> all = [];
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private async Task<long> Count(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
