using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>Somebody who reads the whole journal in order, and remembers how far: a projection or a policy.</summary>
/// <param name="database">Where the offset is.</param>
/// <param name="name">The key of the offset.</param>
/// <param name="kind"><see cref="Offsets.Projection"/> or <see cref="Offsets.Policy"/>.</param>
public abstract class JournalReader(ReadModelDatabase database, string name, string kind) : IAsyncDisposable
{
    /// <summary>The key of the offset.</summary>
    public string Name { get; } = name;

    /// <summary>The regions it needs; null for all.</summary>
    public virtual IReadOnlyCollection<string>? Regions => null;

    /// <summary>Where the offset is. Kept: a projection writes into the same few tables for ever.</summary>
    protected KeptConnection Connection { get; } = new(database);

    /// <summary>Does what a run of events asks for and moves the offset; all of it again when it throws.</summary>
    /// <param name="from">The offset before.</param>
    /// <param name="to">The offset after.</param>
    /// <param name="events">The run, in journal order. The list is lent until the task ends.</param>
    /// <param name="parked">What could not be digested, to be set aside with the same offset.</param>
    /// <param name="cancellation">Gives up.</param>
    public abstract Task ApplyAsync(
        long from, long to, IReadOnlyList<JournalEvent> events, IReadOnlyList<ParkedEvent> parked, CancellationToken cancellation);

    /// <summary>The first event of a run that cannot be digested, and why; null when all can. Has no effect.</summary>
    public abstract Task<(int Index, Exception Error)?> FindPoisonAsync(IReadOnlyList<JournalEvent> events, CancellationToken cancellation);

    /// <summary>The position in the database; carries out a rebuild that was asked for.</summary>
    public Task<long> LoadAsync(CancellationToken cancellation) => Connection.UseAsync(async connection =>
    {
        var offset = await Offsets.LoadAsync(connection, Name, kind, cancellation);
        if (!offset.ResetRequested)
        {
            return offset.Position;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await EmptyAsync(connection, cancellation);
        await ParkedEvents.ForgetAsync(connection, Name, cancellation);
        await Offsets.ResetAsync(connection, Name, cancellation);
        await transaction.CommitAsync(cancellation);
        return 0;
    });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Empties what it wrote, within the given transaction.</summary>
    protected abstract Task EmptyAsync(DataConnection connection, CancellationToken cancellation);

    /// <summary>
    /// Writes, sets aside and moves the offset, all in one transaction. Its commit does not wait for the disk, which the journal needs for itself: should the
    /// database crash, the run's rows and its offset are gone together, and it is read again.
    /// </summary>
    protected Task CommitAsync(
        long from, long to, IReadOnlyList<ParkedEvent> parked, Func<DataConnection, Task> write, CancellationToken cancellation) => Connection.UseAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (connection.IsPostgres())
        {
            await connection.ExecuteAsync("set local synchronous_commit = off", cancellation);
        }

        await write(connection);
        await ParkedEvents.ParkAsync(connection, Name, parked, cancellation);
        await Offsets.MoveAsync(connection, Name, from, to, cancellation);
        await transaction.CommitAsync(cancellation);
    });
}
