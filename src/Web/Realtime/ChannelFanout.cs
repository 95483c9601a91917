using Akka.Actor;

namespace WildNOut.Web.Realtime;

/// <summary>The channels that this node's clients read. Safe for concurrent use; the <see cref="ChannelBridge"/> keeps them fed.</summary>
public sealed class ChannelFanout(TimeProvider clock)
{
    /// <summary>How long a subscription waits for the channel's answer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChannelFeed> _feeds = new(StringComparer.Ordinal);
    private IActorRef _bridge = ActorRefs.Nobody;

    /// <summary>The channels that are read at present.</summary>
    public IReadOnlyList<ChannelFeed> Feeds
    {
        get
        {
            lock (_gate)
            {
                return [.. _feeds.Values];
            }
        }
    }

    /// <summary>The channel, when anyone here reads it.</summary>
    public ChannelFeed? Find(string channel)
    {
        lock (_gate)
        {
            return _feeds.GetValueOrDefault(channel);
        }
    }

    /// <summary>Starts a reading after the last number seen, or from now on. Null when the channel did not answer in time.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="after">The last number the client saw; null to begin with the next message.</param>
    /// <param name="wake">Called, from any thread, when there may be something to take; it must not block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(ChannelReader Reader, long Latest)?> ReadAsync(
        string channel, long? after, Action<ChannelReader> wake, CancellationToken cancellation)
    {
        var reader = Enter(channel, wake);
        try
        {
            if (await StartAsync(reader, after, cancellation) is { } latest)
            {
                return (reader, latest);
            }
        }
        catch
        {
            Leave(reader);
            throw;
        }

        Leave(reader);
        return null;
    }

    /// <summary>Ends a reading.</summary>
    public static void Leave(ChannelReader reader) => reader.Feed.Leave(reader);

    /// <summary>Names the actor that follows channels for this node.</summary>
    internal void Attach(IActorRef bridge) => _bridge = bridge;

    /// <summary>Forgets a channel that nobody reads any more; false when someone does.</summary>
    internal bool TryRetire(ChannelFeed feed)
    {
        lock (_gate)
        {
            return feed.Readers == 0 && _feeds.Remove(feed.Channel);
        }
    }

    private ChannelReader Enter(string channel, Action<ChannelReader> wake)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(channel, out var feed))
            {
                _feeds.Add(channel, feed = new ChannelFeed(channel, clock));
            }

            var reader = new ChannelReader(feed, wake);
            feed.Enter(reader);
            return reader;
        }
    }

    /// <summary>
    /// A copy that is missing, or older than what the client saw on another node, is first brought up to date; the second answer is final, since the first
    /// may have been a message under way before the question.
    /// </summary>
    private async Task<long?> StartAsync(ChannelReader reader, long? after, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerWithin);
        for (var answers = 0; ; answers++)
        {
            var answer = reader.Feed.NextAnswer;
            if (reader.Feed.TryStart(reader, after, final: answers >= 2, out var latest))
            {
                reader.Wake();
                return latest;
            }

            _bridge.Tell(new ChannelBridge.Refresh(reader.Feed.Channel), ActorRefs.NoSender);
            try
            {
                await answer.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }
    }
}
