using LinqToDB.Data;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>
/// A connection that one user keeps for itself, opened when it is first needed and anew after anything went wrong. A process of the database is slow with tables that it has not touched: it maps each page of the
/// shared memory once for itself, and plans each statement. Connections from a pool are taken in turn, so that each is cold when its turn comes.
/// </summary>
/// <param name="database">Whose pool it comes from, and is missing in for as long as it is kept.</param>
public sealed class KeptConnection(ReadModelDatabase database) : IAsyncDisposable
{
    private DataConnection? _connection;

    /// <summary>Uses the connection, for one user at a time; it is given back when that fails.</summary>
    public async Task<T> UseAsync<T>(Func<DataConnection, Task<T>> use)
    {
        _connection ??= database.Open();
        try
        {
            return await use(_connection);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the connection back; the next use opens another.</summary>
    public async ValueTask DisposeAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}
