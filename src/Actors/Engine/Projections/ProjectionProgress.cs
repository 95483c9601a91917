using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>
/// Waits until a projection has a row of the journal, from any node. While somebody waits, one poller a node reads the offsets, whatever the
/// number of waiters.
/// </summary>
public sealed class ProjectionProgress(ReadModelDatabase database)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private bool _polling;

    /// <summary>Waits at most two seconds until a projection has the row; false when it does not by then, or there is no such row.</summary>
    /// <param name="projection">Its name.</param>
    /// <param name="persistenceId">The entity that wrote the row.</param>
    /// <param name="sequenceNr">The row within the entity.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<bool> WaitForRowAsync(string projection, string persistenceId, long sequenceNr, CancellationToken cancellation = default) =>
        await PositionOfAsync(persistenceId, sequenceNr, cancellation) is { } position
        && await WaitForAsync(projection, position, TimeSpan.FromSeconds(2), cancellation);

    /// <summary>The position of a row in the journal; null when there is none.</summary>
    public async Task<long?> PositionOfAsync(string persistenceId, long sequenceNr, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        return await connection.ExecuteAsync<long?>(
            "select max(ordering) from journal where persistence_id = @pid and sequence_number = @row",
            cancellation,
            new DataParameter("pid", persistenceId),
            new DataParameter("row", sequenceNr));
    }

    /// <summary>Waits until a projection's offset reached a position; false when it did not in time.</summary>
    public async Task<bool> WaitForAsync(string projection, long position, TimeSpan atMost, CancellationToken cancellation = default)
    {
        var waiter = new Waiter(projection, position);
        lock (_gate)
        {
            _waiters.Add(waiter);
            if (!_polling)
            {
                _polling = true;
                _ = PollAsync();
            }
        }

        try
        {
            await waiter.Reached.Task.WaitAsync(atMost, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <summary>Looks again and again until nobody waits. A database that does not answer makes nobody wait longer than they would.</summary>
    private async Task PollAsync()
    {
        while (true)
        {
            IReadOnlyDictionary<string, ReaderOffset>? offsets = null;
            try
            {
                offsets = await Offsets.AllAsync(database, CancellationToken.None);
            }
            catch (Exception fault) when (DatabaseFaults.MayPass(fault))
            {
                await Task.Delay(Pause * 4);
            }

            lock (_gate)
            {
                foreach (var waiter in _waiters)
                {
                    if (offsets is not null && offsets.TryGetValue(waiter.Projection, out var offset) && offset.Position >= waiter.Position)
                    {
                        waiter.Reached.TrySetResult();
                    }
                }

                if (_waiters.TrueForAll(waiter => waiter.Reached.Task.IsCompleted))
                {
                    _polling = false;
                    return;
                }
            }

            await Task.Delay(Pause);
        }
    }

    private sealed record Waiter(string Projection, long Position)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
