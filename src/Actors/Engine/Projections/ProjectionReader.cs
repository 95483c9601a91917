using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>Feeds a projection: rows and offset go in one transaction.</summary>
public sealed class ProjectionReader(ReadModelDatabase database, Projection projection)
    : JournalReader(database, projection.Name, Offsets.Projection)
{
    /// <inheritdoc />
    public override Task ApplyAsync(
        long from, long to, IReadOnlyList<JournalEvent> events, IReadOnlyList<ParkedEvent> parked, CancellationToken cancellation) => CommitAsync(
        from,
        to,
        parked,
        connection => events.Count > 0 ? projection.ApplyAsync(connection, events, cancellation) : Task.CompletedTask,
        cancellation);

    /// <summary>Halves the run: the shortest beginning that fails ends with the culprit. Every trial is rolled back.</summary>
    public override async Task<(int Index, Exception Error)?> FindPoisonAsync(IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        if (await TryAsync(events, events.Count, cancellation) is not { } error)
        {
            return null;
        }

        var (fine, faulty) = (0, events.Count);
        while (faulty - fine > 1)
        {
            var middle = fine + (faulty - fine) / 2;
            if (await TryAsync(events, middle, cancellation) is { } earlier)
            {
                (faulty, error) = (middle, earlier);
            }
            else
            {
                fine = middle;
            }
        }

        return (faulty - 1, error);
    }

    /// <inheritdoc />
    protected override Task EmptyAsync(DataConnection connection, CancellationToken cancellation) => projection.ResetAsync(connection, cancellation);

    private Task<Exception?> TryAsync(IReadOnlyList<JournalEvent> events, int count, CancellationToken cancellation) => Connection.UseAsync(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await projection.ApplyAsync(connection, [.. events.Take(count)], cancellation);
            return null;
        }
        catch (Exception fault) when (!DatabaseFaults.MayPass(fault))
        {
            return fault;
        }
    });
}
