using Microsoft.Extensions.Logging;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>
/// One reader on its way through the journal. It travels with the others, fed by the common tail, until something goes wrong or it is
/// far behind; then it goes alone, with its own tail and all the patience it needs, and holds the others up no more.
/// </summary>
internal sealed partial class JournalLane(JournalReader reader, JournalWorkerSettings settings, ReadSideMetrics metrics, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private Task? _alone;

    public string Name => reader.Name;

    /// <summary>Everything up to here has its effect.</summary>
    public long Position { get; private set; }

    public bool IsAlone => _alone is { IsCompleted: false };

    public Task Alone => _alone ?? Task.CompletedTask;

    public async Task LoadAsync(CancellationToken cancellation) => Position = await reader.LoadAsync(cancellation);

    /// <summary>Applies the part of a stretch that lies ahead; one try.</summary>
    public async Task ApplyAsync(JournalStretch stretch, CancellationToken cancellation)
    {
        if (stretch.UpTo <= Position)
        {
            return;
        }

        var events = Ahead(stretch);
        await reader.ApplyAsync(Position, stretch.UpTo, events, Unreadable(stretch), cancellation);
        Arrive(stretch, events.Count, Unreadable(stretch));
    }

    /// <summary>Leaves the others until it has caught up.</summary>
    public void GoAlone(Func<JournalTail> tail, CancellationToken cancellation) => _alone = CatchUpAsync(tail(), cancellation);

    /// <summary>Ends when it no longer goes alone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Alone;
        }
        finally
        {
            await reader.DisposeAsync();
        }
    }

    private async Task CatchUpAsync(JournalTail tail, CancellationToken cancellation)
    {
        await using var _ = tail;
        var faults = 0;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (faults > 0)
                {
                    metrics.Retried(Name);
                    await Task.Delay(Wait(faults), cancellation);
                }

                await LoadAsync(cancellation);
                var stretch = await tail.ReadAsync(Position, settings.RowsAtOnce, cancellation);
                await DigestAsync(stretch, cancellation);
                tail.LetGo();
                faults = 0;
                if (!stretch.Full)
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (OffsetMovedException)
            {
                faults = 1;
            }
            catch (Exception fault)
            {
                faults++;
                CannotGoOn(log, fault, Name, Position, faults);
            }
        }
    }

    /// <summary>Applies a stretch, setting aside what fails on its own account every time.</summary>
    private async Task DigestAsync(JournalStretch stretch, CancellationToken cancellation)
    {
        if (stretch.UpTo <= Position)
        {
            return;
        }

        var parked = Unreadable(stretch);
        var events = Ahead(stretch);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await reader.ApplyAsync(Position, stretch.UpTo, events, parked, cancellation);
                Arrive(stretch, events.Count, parked);
                return;
            }
            catch (Exception fault) when (fault is not OffsetMovedException && !DatabaseFaults.MayPass(fault))
            {
                metrics.Retried(Name);
                if (tries < settings.TriesBeforeParking)
                {
                    await Task.Delay(settings.BetweenTries, cancellation);
                    continue;
                }
            }

            if (await reader.FindPoisonAsync(events, cancellation) is var (index, error))
            {
                var poison = events[index];
                parked.Add(new ParkedEvent(poison.PersistenceId, poison.SequenceNr, poison.Index, poison.Event.GetType().Name, error));
                events = [.. events.Take(index), .. events.Skip(index + 1)];
            }
            else
            {
                await Task.Delay(settings.BetweenTries, cancellation);
            }
        }
    }

    private List<JournalEvent> Ahead(JournalStretch stretch)
    {
        var events = stretch.Events;
        return events.Count == 0 || events[0].Offset > Position
            ? events as List<JournalEvent> ?? [.. events]
            : [.. events.Where(happened => happened.Offset > Position)];
    }

    private List<ParkedEvent> Unreadable(JournalStretch stretch) =>
    [
        .. stretch.Unreadable
            .Where(bad => bad.Row.Offset > Position)
            .Select(bad => new ParkedEvent(bad.Row.PersistenceId, bad.Row.SequenceNr, -1, bad.Row.Manifest, bad.Error)),
    ];

    private void Arrive(JournalStretch stretch, int events, List<ParkedEvent> parked)
    {
        Position = stretch.UpTo;
        metrics.Applied(Name, events, stretch.Newest);
        foreach (var bad in parked)
        {
            metrics.Parked(Name);
            Parked(log, bad.Error, Name, bad.PersistenceId, bad.SequenceNr, bad.Index, bad.Manifest);
        }
    }

    private static TimeSpan Wait(int faults)
    {
        var wait = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(faults, 10) - 1));
        return wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Name} cannot go on after position {Position} (fault {Faults} in a row); it tries again.")]
    private static partial void CannotGoOn(ILogger log, Exception fault, string name, long position, int faults);

    [LoggerMessage(
        EventId = 2102,
        Level = LogLevel.Error,
        Message = "{Name} set an event aside that it cannot digest: {PersistenceId} row {SequenceNr} event {Index} ({Manifest}). See the table parked_events.")]
    private static partial void Parked(ILogger log, Exception fault, string name, string persistenceId, long sequenceNr, int index, string manifest);
}
