namespace WildNOut.Actors.Engine.Channels;

/// <summary>Bounds of every history.</summary>
public static class ChannelHistory
{
    /// <summary>Messages kept whatever their age.</summary>
    public const int KeepAtLeast = 1_000;

    /// <summary>Numbers spanned at most, superseded ones included.</summary>
    public const int KeepAtMost = 16_384;

    /// <summary>Bytes of messages kept at most.</summary>
    public const long KeepBytes = 8 * 1024 * 1024;

    /// <summary>Age up to which more than <see cref="KeepAtLeast"/> are kept.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);
}

/// <summary>
/// The latest messages of a channel by number: at least the last 1,000 or those of the last 10 minutes, within 8 MiB. Of messages with the same fold key only the
/// newest stays; an older one leaves a hole. Not safe for concurrent use.
/// </summary>
public sealed class ChannelHistory<T>(long start)
    where T : class, IChannelEntry
{
    private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);
    private (T? Entry, long At)[] _ring = new (T? Entry, long At)[16];
    private int _live;
    private long _bytes;

    /// <summary>The highest number that can no longer be given, so the lowest one that a reader may name as the last it saw.</summary>
    public long Floor { get; private set; } = start;

    /// <summary>The highest number so far.</summary>
    public long Sequence { get; private set; } = start;

    /// <summary>Messages kept, holes not counted.</summary>
    public int Count => _live;

    /// <summary>Whether a reader that last saw <paramref name="seen"/> can be brought up to date without a gap.</summary>
    public bool Covers(long seen) => seen >= Floor && seen <= Sequence;

    /// <summary>Adds a message whose number is above all others; numbers passed over count as superseded.</summary>
    public void Add(T entry, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        Advance(entry.Sequence - 1, at);
        Append(entry, at);
        Supersede(entry);
        Prune(at);
    }

    /// <summary>Moves the highest number up without a message.</summary>
    public void Advance(long sequence, DateTimeOffset now) => Advance(sequence, now.ToUnixTimeMilliseconds());

    /// <summary>The first message above <paramref name="seen"/> that is still there, or null when the reader has them all.</summary>
    public T? Next(long seen)
    {
        for (var sequence = Math.Max(seen, Floor) + 1; sequence <= Sequence; sequence++)
        {
            if (Slot(sequence).Entry is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>All messages above <paramref name="seen"/>, numbers rising.</summary>
    public IEnumerable<T> Since(long seen)
    {
        while (Next(seen) is { } entry)
        {
            yield return entry;
            seen = entry.Sequence;
        }
    }

    private ref (T? Entry, long At) Slot(long sequence) => ref _ring[(int)(sequence & (_ring.Length - 1))];

    private void Advance(long sequence, long at)
    {
        if (sequence - Sequence > ChannelHistory.KeepAtMost)
        {
            Clear(sequence);
        }

        while (Sequence < sequence)
        {
            Append(null, at);
        }
    }

    private void Append(T? entry, long at)
    {
        if (Sequence - Floor == _ring.Length)
        {
            Grow();
        }

        Sequence++;
        Slot(Sequence) = (entry, at);
        _live += entry is null ? 0 : 1;
        _bytes += entry?.Size ?? 0;
    }

    private void Supersede(T entry)
    {
        if (entry.FoldKey is not { } key)
        {
            return;
        }

        if (_newest.TryGetValue(key, out var older) && older > Floor)
        {
            Drop(ref Slot(older));
        }

        _newest[key] = entry.Sequence;
    }

    private void Prune(long now)
    {
        var old = now - (long)ChannelHistory.KeepFor.TotalMilliseconds;
        while (Floor < Sequence - 1
            && (_bytes > ChannelHistory.KeepBytes
                || Sequence - Floor > ChannelHistory.KeepAtMost
                || (_live > ChannelHistory.KeepAtLeast && Slot(Floor + 1).At < old)))
        {
            ref var slot = ref Slot(++Floor);
            if (slot.Entry?.FoldKey is { } key)
            {
                _newest.Remove(key);
            }

            Drop(ref slot);
        }
    }

    private void Drop(ref (T? Entry, long At) slot)
    {
        if (slot.Entry is { } entry)
        {
            _live--;
            _bytes -= entry.Size;
            slot.Entry = null;
        }
    }

    private void Grow()
    {
        var old = _ring;
        _ring = new (T? Entry, long At)[old.Length * 2];
        for (var sequence = Floor + 1; sequence <= Sequence; sequence++)
        {
            Slot(sequence) = old[(int)(sequence & (old.Length - 1))];
        }
    }

    private void Clear(long start)
    {
        Array.Clear(_ring);
        _newest.Clear();
        (_live, _bytes) = (0, 0);
        (Floor, Sequence) = (start, start);
    }
}
