namespace WildNOut.Actors.Limits;

/// <summary>
/// An allowance as its owner sees it: what each node may give out, and what it is known to have given out. The sum of what nodes may give out
/// never exceeds the limit, but for what they gave out before the owner first heard of the allowance.
/// </summary>
/// <param name="limit">Permits a window.</param>
public sealed class QuotaState(int limit)
{
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private long _granted;

    /// <summary>Permits that no node has.</summary>
    public int Free => (int)Math.Max(0, limit - _granted);

    /// <summary>Permits that other nodes have given out or may give out.</summary>
    public int Others(string node) => (int)Math.Min(int.MaxValue, _granted - Of(node).Granted);

    /// <summary>Nodes that may hold permits which they have not given out.</summary>
    public IReadOnlyList<string> Holders() => [.. _shares.Where(pair => pair.Value.Granted > pair.Value.Used).Select(pair => pair.Key)];

    /// <summary>A node that has not said anything yet may have given out so many.</summary>
    public void Assume(string node, int granted)
    {
        var share = Of(node);
        Grant(share, Math.Max(share.Granted, granted));
    }

    /// <summary>A node has given out so many and holds no others.</summary>
    public void Recalled(string node, int used)
    {
        var share = Of(node);
        share.Used = used;
        Grant(share, used);
    }

    /// <summary>A node did not answer: it is taken to have given out all it had, until it is asked again.</summary>
    public void WriteOff(string node)
    {
        var share = Of(node);
        share.Used = share.Granted;
    }

    /// <summary>Gives a node more, unless it has some that it does not know of. The pieces become smaller towards the end.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="used">What it has given out.</param>
    /// <param name="want">What it needs now.</param>
    /// <returns>What it may give out in all; no more than <paramref name="used"/> when there is nothing to give.</returns>
    public int Lease(string node, int used, int want)
    {
        var share = Of(node);
        share.Used = Math.Max(share.Used, used);
        if (share.Granted <= share.Used)
        {
            Grant(share, share.Used);
            Grant(share, share.Granted + Math.Min(Free, Math.Max(want, Free / (2 * _shares.Count))));
        }

        return share.Granted;
    }

    private Share Of(string node)
    {
        if (!_shares.TryGetValue(node, out var share))
        {
            _shares[node] = share = new Share();
        }

        return share;
    }

    private void Grant(Share share, int granted)
    {
        _granted += granted - share.Granted;
        share.Granted = granted;
    }

    private sealed class Share
    {
        public int Used { get; set; }

        public int Granted { get; set; }
    }
}
