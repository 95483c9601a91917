using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Engine.Projections;

/// <summary>How the journal is read.</summary>
public sealed record JournalWorkerSettings
{
    /// <summary>The most rows of one run. A row mostly holds one to some hundred events; a run also ends after some megabytes.</summary>
    public int RowsAtOnce { get; init; } = 2_000;

    /// <summary>How long events are gathered into a run while little happens.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long while much happens: fewer, longer runs cost less.</summary>
    public TimeSpan GatherWhenBusy { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>From how many events a run counts as busy.</summary>
    public int Busy { get; init; } = 100;

    /// <summary>From how many positions a run counts as busy, also when hardly any are of concern: each run moves every reader's offset, and that is a commit.</summary>
    public int BusyPositions { get; init; } = 25;

    /// <summary>
    /// Whether readers take a run one after the other, not all at the same moment. For readers that keep the database busy: together they would be a burst that whoever waits for
    /// an answer feels. Not for those that wait for others.
    /// </summary>
    public bool InTurn { get; init; }

    /// <summary>A reader so many positions behind goes alone.</summary>
    public int FarBehind { get; init; } = 10_000;

    /// <summary>How often an event may fail on its own account before it is set aside.</summary>
    public int TriesBeforeParking { get; init; } = 5;

    /// <summary>The pause between these tries.</summary>
    public TimeSpan BetweenTries { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often offsets are looked at: for wishes for a rebuild, and for what a crash of the database took back.</summary>
    public TimeSpan LookAtOffsets { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>Feeds a group of readers from one tail of the journal, for ever.</summary>
public sealed partial class JournalWorker
{
    private readonly ReadModelDatabase _database;
    private readonly JournalDecoder _decoder;
    private readonly JournalWorkerSettings _settings;
    private readonly ILogger _log;
    private readonly IReadOnlyCollection<string>? _regions;
    private readonly List<JournalLane> _lanes;

    /// <summary>A worker for these readers.</summary>
    public JournalWorker(
        ReadModelDatabase database,
        JournalDecoder decoder,
        IReadOnlyList<JournalReader> readers,
        JournalWorkerSettings settings,
        ReadSideMetrics metrics,
        ILogger<JournalWorker> log)
    {
        _database = database;
        _decoder = decoder;
        _settings = settings;
        _log = log;
        _regions = readers.Any(reader => reader.Regions is null) ? null : [.. readers.SelectMany(reader => reader.Regions!).Distinct()];
        _lanes = [.. readers.Select(reader => new JournalLane(reader, settings, metrics, log))];
    }

    /// <summary>Runs until it is cancelled; outlives every fault of the database.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_lanes.Count == 0)
        {
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await FollowAsync(end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(_lanes.Select(lane => lane.DisposeAsync().AsTask()));
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        foreach (var lane in _lanes)
        {
            lane.GoAlone(Tail, cancellation);
        }

        await using var tail = Tail();
        await using var looks = new KeptConnection(_database);
        var faults = 0;
        var lastLook = DateTimeOffset.UtcNow;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (DateTimeOffset.UtcNow - lastLook >= _settings.LookAtOffsets)
                {
                    await LookAtOffsetsAsync(looks, cancellation);
                    lastLook = DateTimeOffset.UtcNow;
                }

                var pause = await StepAsync(tail, cancellation);
                faults = 0;
                await Task.Delay(pause, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                faults = Math.Min(faults + 1, 6);
                CannotRead(_log, fault);
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(50 * (1 << faults)), cancellation));
            }
        }
    }

    /// <summary>Reads once for all who travel together; gives the pause until the next time.</summary>
    private async Task<TimeSpan> StepAsync(JournalTail tail, CancellationToken cancellation)
    {
        var together = _lanes.Where(lane => !lane.IsAlone).ToList();
        if (together.Count == 0)
        {
            await Task.WhenAny(_lanes.Select(lane => lane.Alone).Append(Task.Delay(_settings.Gather, cancellation)));
            return TimeSpan.Zero;
        }

        var front = together.Max(lane => lane.Position);
        foreach (var straggler in together.Where(lane => front - lane.Position > _settings.FarBehind).ToList())
        {
            straggler.GoAlone(Tail, cancellation);
            together.Remove(straggler);
        }

        var from = together.Min(lane => lane.Position);
        var stretch = await tail.ReadAsync(from, _settings.RowsAtOnce, cancellation);
        await ApplyAsync(together, stretch, cancellation);
        var busy = stretch.Events.Count >= _settings.Busy || stretch.UpTo - from >= _settings.BusyPositions;
        tail.LetGo();
        return stretch.Full ? TimeSpan.Zero : busy ? _settings.GatherWhenBusy : _settings.Gather;
    }

    private async Task ApplyAsync(List<JournalLane> together, JournalStretch stretch, CancellationToken cancellation)
    {
        if (!_settings.InTurn)
        {
            await Task.WhenAll(together.Select(lane => ApplyAsync(lane, stretch, cancellation)));
            return;
        }

        foreach (var lane in together)
        {
            await ApplyAsync(lane, stretch, cancellation);
        }
    }

    private async Task ApplyAsync(JournalLane lane, JournalStretch stretch, CancellationToken cancellation)
    {
        try
        {
            await lane.ApplyAsync(stretch, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            GoesAlone(_log, fault, lane.Name, lane.Position);
            lane.GoAlone(Tail, cancellation);
        }
    }

    /// <summary>A rebuild may be wanted; and an offset goes back when a crash of the database takes a commit that had not reached the disk.</summary>
    private async Task LookAtOffsetsAsync(KeptConnection connection, CancellationToken cancellation)
    {
        var offsets = await connection.UseAsync(database => Offsets.AllAsync(database, cancellation));
        foreach (var lane in _lanes.Where(lane =>
            !lane.IsAlone && offsets.TryGetValue(lane.Name, out var offset) && (offset.ResetRequested || offset.Position != lane.Position)))
        {
            lane.GoAlone(Tail, cancellation);
        }
    }

    private JournalTail Tail() => new(_database, _decoder, _regions);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "The journal cannot be read; the worker tries again.")]
    private static partial void CannotRead(ILogger log, Exception fault);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, Message = "{Name} failed after position {Position} and goes on alone.")]
    private static partial void GoesAlone(ILogger log, Exception fault, string name, long position);
}
