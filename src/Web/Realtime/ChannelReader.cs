namespace WildNOut.Web.Realtime;

/// <summary>One reading of a channel by one connection.</summary>
/// <param name="feed">What is read.</param>
/// <param name="wake">Called, from any thread, when there may be something to take; it must not block.</param>
public sealed class ChannelReader(ChannelFeed feed, Action<ChannelReader> wake)
{
    private int _queued;

    /// <summary>What is read.</summary>
    public ChannelFeed Feed => feed;

    /// <summary>The last number read; null before the reading starts. Guarded by the feed.</summary>
    internal long? Position { get; private set; }

    /// <summary>Says that there may be something to take.</summary>
    public void Wake() => wake(this);

    /// <summary>The next item, or null when everything is read.</summary>
    public FeedItem? Take() => feed.Take(this);

    /// <summary>Marks it as waiting for its turn; false when it already was.</summary>
    internal bool TryQueue() => Interlocked.Exchange(ref _queued, 1) == 0;

    /// <summary>Its turn has come.</summary>
    internal void Unqueue() => Volatile.Write(ref _queued, 0);

    /// <summary>Only the feed calls this, under its lock.</summary>
    internal void Start(long position) => Position = position;
}
