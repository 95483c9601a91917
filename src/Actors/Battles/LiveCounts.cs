namespace WildNOut.Actors.Battles;

/// <summary>
/// The absolute counts that ballot boxes reported, newest of each box, and until when people follow them. Changes in place and is never journalled.
/// </summary>
internal sealed class LiveCounts
{
    private readonly Dictionary<int, BallotCount> _byBox = [];
    private bool _changed;
    private bool _untold;

    /// <summary>The instant from which nobody is known to follow the battle.</summary>
    public DateTimeOffset FollowedUntil { get; private set; }

    public BallotCount? Of(int box) => _byBox.GetValueOrDefault(box);

    public void Take(BallotCount count)
    {
        if (_byBox.TryGetValue(count.Box, out var known) && known.VoteCount >= count.VoteCount)
        {
            return;
        }

        _byBox[count.Box] = count;
        _changed |= count.VoteCount > 0;
    }

    public void Follow(DateTimeOffset until)
    {
        if (until > FollowedUntil)
        {
            (FollowedUntil, _untold) = (until, true);
        }
    }

    /// <summary>Whether something came in since the last call.</summary>
    public bool TakeChanged()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    /// <summary>Until when people follow, where that is news since the last call; else null.</summary>
    public DateTimeOffset? TakeFollowed()
    {
        DateTimeOffset? until = _untold ? FollowedUntil : null;
        _untold = false;
        return until;
    }
}
