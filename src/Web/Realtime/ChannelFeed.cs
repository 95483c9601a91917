using WildNOut.Actors.Engine.Channels;

namespace WildNOut.Web.Realtime;

/// <summary>
/// A node's copy of one channel: its latest messages, shared by all local readers. Each reader only holds the number up to which it has
/// read, so a slow one costs nothing but its own delay: what it misses meanwhile folds here, and when its number has fallen out of the history it is told to reload.
/// Safe for concurrent use.
/// </summary>
public sealed class ChannelFeed(string channel, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly HashSet<ChannelReader> _readers = [];
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChannelHistory<FeedItem>? _history;
    private ChannelReader[]? _snapshot;
    private int _pulses;

    /// <summary>The channel's name.</summary>
    public string Channel => channel;

    /// <summary>The last number that came from the channel; null before its first answer.</summary>
    public long? Seen
    {
        get
        {
            lock (_gate)
            {
                return _history?.Sequence;
            }
        }
    }

    /// <summary>How many read it here.</summary>
    public int Readers
    {
        get
        {
            lock (_gate)
            {
                return _readers.Count;
            }
        }
    }

    /// <summary>Completes at the channel's next answer or message.</summary>
    public Task NextAnswer
    {
        get
        {
            lock (_gate)
            {
                return _answered.Task;
            }
        }
    }

    /// <summary>Takes what the channel says. False when something before it was lost, so that the channel must be asked.</summary>
    public bool Apply(ChannelMessages batch)
    {
        TaskCompletionSource answered;
        lock (_gate)
        {
            if (batch.Restart)
            {
                _history = new(batch.After);
            }
            else if (_history is null || batch.After > _history.Sequence)
            {
                return false;
            }

            var now = clock.GetUtcNow();
            foreach (var message in batch.Messages)
            {
                if (message.Sequence > _history.Sequence)
                {
                    _history.Add(new FeedItem(ArenaMessage.Of(channel, message), message.FoldKey), now);
                }
            }

            _history.Advance(batch.Sequence, now);
            (answered, _answered) = (_answered, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        answered.SetResult();
        Pulse();
        return true;
    }

    /// <summary>Lets a reader in; it is woken from now on whenever there may be something to take.</summary>
    public void Enter(ChannelReader reader)
    {
        lock (_gate)
        {
            _readers.Add(reader);
            _snapshot = null;
        }
    }

    /// <summary>Lets a reader go.</summary>
    public void Leave(ChannelReader reader)
    {
        lock (_gate)
        {
            _readers.Remove(reader);
            _snapshot = null;
        }
    }

    /// <summary>
    /// Sets a reader to what it saw last, or to the present. False when that cannot be judged yet, because this copy has no answer of the
    /// channel so far or is older than what the reader saw.
    /// </summary>
    /// <param name="latest">The latest number.</param>
    public bool TryStart(ChannelReader reader, long? after, bool final, out long latest)
    {
        lock (_gate)
        {
            latest = _history?.Sequence ?? 0;
            if (_history is null || (after > _history.Sequence && !final))
            {
                return false;
            }

            reader.Start(after ?? _history.Sequence);
            return true;
        }
    }

    /// <summary>The next item for a reader and moves it on; a reload when what comes next is gone; null when it has read everything.</summary>
    public FeedItem? Take(ChannelReader reader)
    {
        lock (_gate)
        {
            if (_history is null || reader.Position is not { } position)
            {
                return null;
            }

            if (!_history.Covers(position))
            {
                reader.Start(_history.Sequence);
                return new FeedItem(ArenaMessage.ReloadOf(channel, _history.Sequence, clock.GetUtcNow()), null);
            }

            var item = _history.Next(position);
            reader.Start(item?.Sequence ?? _history.Sequence);
            return item;
        }
    }

    /// <summary>Wakes the readers on the thread pool: one run at a time, and one more when something came meanwhile.</summary>
    private void Pulse()
    {
        if (Interlocked.Increment(ref _pulses) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static feed => feed.WakeAll(), this, preferLocal: false);
        }
    }

    private void WakeAll()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _pulses);
            foreach (var reader in Snapshot())
            {
                reader.Wake();
            }
        }
        while (Interlocked.Add(ref _pulses, -seen) > 0);
    }

    private ChannelReader[] Snapshot()
    {
        lock (_gate)
        {
            return _snapshot ??= [.. _readers];
        }
    }
}
