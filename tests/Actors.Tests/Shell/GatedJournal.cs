using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor.Setup;
using Akka.Persistence;
using Akka.Persistence.Journal;
using WildNOut.Actors.Engine.Journal;

namespace WildNOut.Actors.Tests.Shell;

/// <summary>What happens to writes: they wait while the gate is closed, and may fail or be rejected.</summary>
public sealed class JournalGate : Setup
{
    private readonly ConcurrentQueue<EventBatch> _rows = new();
    private volatile TaskCompletionSource? _closed;

    /// <summary>The rows that reached the journal, in order; also those that failed afterwards.</summary>
    public IReadOnlyCollection<EventBatch> Rows => _rows;

    /// <summary>Makes every write fail.</summary>
    public bool Fails { get; set; }

    /// <summary>Makes every write be rejected.</summary>
    public bool Rejects { get; set; }

    public void Close() => _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        var closed = _closed;
        _closed = null;
        closed?.SetResult();
    }

    internal async Task Pass(EventBatch batch)
    {
        _rows.Enqueue(batch);
        if (_closed is { } closed)
        {
            await closed.Task;
        }
    }
}

/// <summary>A journal in memory behind a gate.</summary>
public sealed class GatedJournal : MemoryJournal
{
    private readonly JournalGate _gate = Context.System.Settings.Setup.Get<JournalGate>().Value;

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToArray();
        foreach (var row in writes.SelectMany(write => (IEnumerable<IPersistentRepresentation>)write.Payload))
        {
            await _gate.Pass((EventBatch)row.Payload);
        }

        if (_gate.Fails)
        {
            throw new IOException("The journal is down.");
        }

        return _gate.Rejects
            ? writes.Select(_ => (Exception)new IOException("The journal says no.")).ToImmutableList()
            : await base.WriteMessagesAsync(writes, cancellationToken);
    }
}
