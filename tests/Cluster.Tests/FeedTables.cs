using System.Globalization;
using Npgsql;

namespace WildNOut.Cluster.Tests;

/// <summary>A movement as the read model holds it.</summary>
public sealed record FeedEntry(long Position, long Slot, string Signature, int Index, string Kind, string? Sender, string? Recipient, decimal Amount, decimal Fee);

/// <summary>Where the feed stands in the read model.</summary>
/// <param name="Tip">The last slot that was read.</param>
/// <param name="Finalized">The newest finalized slot; -1 for none.</param>
/// <param name="Position">The position of the newest line.</param>
public sealed record FeedStand(long Tip, long Finalized, long Position);

/// <summary>Reads the feed out of the read model and the journal by plain SQL, without any of the platform's code.</summary>
/// <param name="databaseUrl">As in <c>DATABASE_URL</c>.</param>
public sealed class FeedTables(string databaseUrl) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(JournalReader.ConnectionString(databaseUrl));

    /// <summary>Where the feed stands; all 0 before its first line.</summary>
    public async Task<FeedStand> Stand()
    {
        await using var command = _database.CreateCommand("SELECT tip_slot, coalesce(finalized_slot, -1), position FROM token_feed");
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? new FeedStand(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)) : new FeedStand(0, -1, 0);
    }

    /// <summary>What stands, in the order of the feed.</summary>
    public async Task<IReadOnlyList<FeedEntry>> Standing()
    {
        await using var command = _database.CreateCommand(
            "SELECT position, slot, signature, idx, kind, sender, recipient, amount, fee FROM token_transactions WHERE withdrawn_by IS NULL ORDER BY position");
        await using var rows = await command.ExecuteReaderAsync();
        List<FeedEntry> entries = [];
        while (await rows.ReadAsync())
        {
            entries.Add(new FeedEntry(
                rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2), rows.GetInt32(3), rows.GetString(4), Text(5), Text(6), rows.GetDecimal(7), rows.GetDecimal(8)));
        }

        return entries;

        string? Text(int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
    }

    /// <summary>All positions that lines have, ascending: of movements, withdrawals and finality.</summary>
    public async Task<IReadOnlyList<long>> Positions()
    {
        await using var command = _database.CreateCommand("SELECT position FROM token_transactions UNION ALL SELECT position FROM token_notices ORDER BY position");
        await using var rows = await command.ExecuteReaderAsync();
        List<long> positions = [];
        while (await rows.ReadAsync())
        {
            positions.Add(rows.GetInt64(0));
        }

        return positions;
    }

    /// <summary>How many transactions nobody understood.</summary>
    public async Task<long> Parked()
    {
        await using var command = _database.CreateCommand("SELECT count(*) FROM token_parked");
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
