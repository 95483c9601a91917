namespace WildNOut.Web.Realtime;

/// <summary>The newest lines of the feed on this node, once for all who follow it. Safe for concurrent use.</summary>
public sealed class RecentLines
{
    /// <summary>Lines kept at least, once there are so many.</summary>
    public const int Kept = 4_096;

    private readonly Lock _gate = new();
    private readonly List<TokenLine> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _floor;
    private long _tip;

    /// <summary>The position up to which lines are known; null before anything is.</summary>
    public long? Tip
    {
        get
        {
            lock (_gate)
            {
                return _floor is null ? null : _tip;
            }
        }
    }

    /// <summary>Completes when there are more lines than now, or others.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Forgets all lines and goes on from a position.</summary>
    public void Restart(long position) => Change(() =>
    {
        _lines.Clear();
        (_floor, _tip) = (position, position);
    });

    /// <summary>Adds the lines up to a position, which follow on the tip.</summary>
    public void Add(IEnumerable<TokenLine> lines, long upto) => Change(() =>
    {
        _lines.AddRange(lines);
        _tip = upto;
        if (_lines.Count >= 2 * Kept)
        {
            _floor = _lines[_lines.Count - Kept - 1].Position;
            _lines.RemoveRange(0, _lines.Count - Kept);
        }
    });

    /// <summary>The lines after a position, and the position up to which they are all; null when they are no longer, or not yet, here.</summary>
    public (IReadOnlyList<TokenLine> Lines, long Upto)? After(long position, int most)
    {
        lock (_gate)
        {
            if (_floor is not { } floor || position < floor)
            {
                return null;
            }

            if (position >= _tip)
            {
                return ([], position);
            }

            var start = FirstAfter(position);
            var lines = _lines.GetRange(start, Math.Min(most, _lines.Count - start));
            return (lines, start + lines.Count == _lines.Count ? _tip : lines[^1].Position);
        }
    }

    private int FirstAfter(long position)
    {
        var (low, high) = (0, _lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _lines[middle].Position > position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
