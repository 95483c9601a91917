using Npgsql;

namespace WildNOut.Testing.Feeds;

/// <summary>A movement as the read model holds it.</summary>
public sealed record StoredMovement(ulong Slot, string Signature, string Kind, string? Sender, string? Recipient, decimal Amount, decimal Fee);

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
    public async Task<IReadOnlyList<StoredMovement>> Movements()
    {
        await using var command = database.CreateCommand(
            "SELECT slot, signature, kind, sender, recipient, amount, fee FROM token_transactions WHERE withdrawn_by IS NULL ORDER BY position");
        await using var rows = await command.ExecuteReaderAsync();
        List<StoredMovement> movements = [];
        while (await rows.ReadAsync())
        {
            movements.Add(new StoredMovement(
                (ulong)rows.GetInt64(0),
                rows.GetString(1),
                rows.GetString(2),
                rows.IsDBNull(3) ? null : rows.GetString(3),
                rows.IsDBNull(4) ? null : rows.GetString(4),
                rows.GetDecimal(5),
                rows.GetDecimal(6)));
        }

        return movements;
    }

    /// <summary>Rows of the journal that the feed has written.</summary>
    public async Task<long> JournalRows()
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM journal WHERE persistence_id LIKE 'token-feed:%'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
