using LinqToDB;
using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>
/// Statements over many rows in the caller's transaction, one text for both databases, in which <c>{rows}</c> stands for the rows. PostgreSQL takes them as one array a
/// column and so in one statement of one text, whatever their number; SQLite runs a prepared statement once a row, within a transaction its fastest way.
/// </summary>
public static class BulkStatements
{
    private const string Rows = "{rows}";

    /// <summary>Whether a connection leads to PostgreSQL.</summary>
    public static bool IsPostgres(this DataConnection database) => database.DataProvider.Name.StartsWith(ProviderName.PostgreSQL, StringComparison.Ordinal);

    /// <summary>Runs a statement.</summary>
    /// <param name="database">The connection, with its transaction.</param>
    /// <param name="sql">The statement, such as <c>insert into t (a, b) {rows} on conflict …</c> or <c>delete from t where (a, b) in ({rows})</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="columns">The values of each column, all equally many; with none nothing is done.</param>
    public static Task RunAsync(this DataConnection database, string sql, CancellationToken cancellation, params Array[] columns) =>
        columns[0].Length == 0 ? Task.CompletedTask
        : database.IsPostgres() ? PostgresAsync(database, sql, columns, cancellation)
        : SqliteAsync(database, sql, columns, cancellation);

    private static async Task PostgresAsync(DataConnection database, string sql, Array[] columns, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)await database.OpenDbConnectionAsync(cancellation);
        var arrays = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        await using var command = new NpgsqlCommand(sql.Replace(Rows, $"select * from unnest({arrays})", StringComparison.Ordinal), connection, (NpgsqlTransaction?)database.Transaction);
        foreach (var column in columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task SqliteAsync(DataConnection database, string sql, Array[] columns, CancellationToken cancellation)
    {
        var connection = (SqliteConnection)await database.OpenDbConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace(Rows, $"values ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})", StringComparison.Ordinal);
        command.Transaction = (SqliteTransaction?)database.Transaction;
        for (var i = 1; i <= columns.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        for (var row = 0; row < columns[0].Length; row++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                command.Parameters[i].Value = columns[i].GetValue(row) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }
}
