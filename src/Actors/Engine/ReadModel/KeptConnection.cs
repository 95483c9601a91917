using LinqToDB.Data;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>
/// A connection that one user keeps for itself from the first use on; after anything that went wrong it is given back, which rolls back what was under way,
/// and the next use takes another from the pool. A process of the database is slow with tables that it has not touched: it maps each page of the shared memory
/// once for itself, and plans each statement. Connections from a pool are taken in turn, so that each is cold when its turn comes.
/// </summary>
/// <param name="database">Whose pool it comes from, and is missing in for as long as it is kept.</param>
public sealed class KeptConnection(ReadModelDatabase database) : IAsyncDisposable
{
    private DataConnection? _connection;
    private int _users;
    private bool _disposed;

    /// <summary>Uses the connection.</summary>
    /// <exception cref="InvalidOperationException">Somebody uses it already.</exception>
    /// <exception cref="ObjectDisposedException">It was given back for good.</exception>
    public async Task<T> UseAsync<T>(Func<DataConnection, Task<T>> use)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _users, 1) != 0)
        {
            throw new InvalidOperationException("A kept connection has one user at a time.");
        }

        try
        {
            _connection ??= database.Open();
            return await use(_connection);
        }
        catch
        {
            await GiveBackAsync();
            throw;
        }
        finally
        {
            Volatile.Write(ref _users, 0);
        }
    }

    /// <summary>As <see cref="UseAsync{T}"/>, for what has no result.</summary>
    public Task UseAsync(Func<DataConnection, Task> use) => UseAsync(async connection =>
    {
        await use(connection);
        return true;
    });

    /// <summary>Gives the connection back for good; nobody may use it at the time.</summary>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return GiveBackAsync();
    }

    private async ValueTask GiveBackAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}
