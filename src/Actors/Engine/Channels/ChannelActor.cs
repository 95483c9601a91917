using Akka.Actor;

namespace WildNOut.Actors.Engine.Channels;

/// <summary>
/// One channel, in memory: numbers its messages, keeps the latest ones, folds those with a fold key, and sends them to the nodes
/// that follow. A new incarnation starts at a number above all earlier ones, so whoever names an older one learns that it must reload.
/// </summary>
public sealed class ChannelActor : UntypedActor, IWithTimers
{
    /// <summary>How long a node is served after its last <see cref="FollowChannel"/>.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>How long messages with a fold key are held back after the first, so that later ones replace each other.</summary>
    public static readonly TimeSpan FoldFor = TimeSpan.FromMilliseconds(50);

    /// <summary>Bytes of data after which a batch ends; well under the largest frame between nodes.</summary>
    public const int BatchBytes = 64 * 1024;

    /// <summary>Data beyond this is not carried; subscribers are told to reload in its place.</summary>
    public const int MaxDataBytes = 1024 * 1024;

    private readonly string _channel;
    private readonly TimeProvider _clock;
    private readonly Action<ChannelFollowed>? _tellOwner;
    private DateTimeOffset _ownerTold;
    private ChannelHistory<ChannelMessage> _history;
    private readonly Dictionary<string, Announcement?> _folding = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, DateTimeOffset> _followers = [];

    /// <summary>Use <see cref="Props(string, TimeProvider, Action{ChannelFollowed})"/>.</summary>
    public ChannelActor(string channel, TimeProvider clock, Action<ChannelFollowed>? tellOwner)
    {
        _channel = channel;
        _clock = clock;
        _tellOwner = tellOwner;
        _history = new(clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A channel of this name.</summary>
    /// <param name="channel">The name.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="tellOwner">Tells the entity that the channel is named after that somebody follows it; null where none wants to know.</param>
    public static Props Props(string channel, TimeProvider clock, Action<ChannelFollowed>? tellOwner = null) =>
        Akka.Actor.Props.Create(() => new ChannelActor(channel, clock, tellOwner));

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Envelope envelope: OnReceive(envelope.Message); break;
            case Publish publish: Take(publish.Announcement); break;
            case FollowChannel follow: Follow(Sender, follow.Seen); break;
            case LeaveChannel: Leave(Sender); break;
            case FoldTick: Unfold(); break;
            case LeaseTick: EndLeases(); break;
            case Terminated terminated: _followers.Remove(terminated.ActorRef); break;
            case StopEntity: Context.Stop(Self); break;
            default: Unhandled(message); break;
        }
    }

    private void Take(Announcement announcement)
    {
        if (announcement.FoldKey is not { } key)
        {
            Send([.. Held(), announcement]);
        }
        else if (_folding.ContainsKey(key))
        {
            _folding[key] = announcement;
        }
        else
        {
            _folding[key] = null;
            if (_folding.Count == 1)
            {
                Timers.StartPeriodicTimer(FoldTick.Instance, FoldTick.Instance, FoldFor);
            }

            Send([announcement]);
        }
    }

    /// <summary>Takes out what is held back, so that nothing that happened later overtakes it.</summary>
    private List<Announcement> Held()
    {
        var held = new List<Announcement>();
        foreach (var (key, announcement) in _folding)
        {
            if (announcement is not null)
            {
                held.Add(announcement);
                _folding[key] = null;
            }
        }

        return held;
    }

    private void Unfold()
    {
        foreach (var (key, _) in _folding.Where(pair => pair.Value is null).ToList())
        {
            _folding.Remove(key);
        }

        if (_folding.Count == 0)
        {
            Timers.Cancel(FoldTick.Instance);
            return;
        }

        Send(Held());
    }

    private void Send(List<Announcement> announcements)
    {
        var (now, after) = (_clock.GetUtcNow(), _history.Sequence);
        foreach (var announcement in announcements)
        {
            _history.Add(Number(announcement, _history.Sequence + 1), now);
        }

        if (_followers.Count == 0)
        {
            return;
        }

        foreach (var batch in Batches(after, restart: false))
        {
            foreach (var follower in _followers.Keys)
            {
                follower.Tell(batch);
            }
        }
    }

    private static ChannelMessage Number(Announcement announcement, long sequence) => announcement.Data.Length <= MaxDataBytes
        ? new(sequence, announcement.Type, announcement.Timestamp, announcement.Data, announcement.FoldKey)
        : new(sequence, ChannelMessage.Reload, announcement.Timestamp, default);

    private void Follow(IActorRef follower, long? seen)
    {
        if (!_followers.ContainsKey(follower))
        {
            Context.Watch(follower);
        }

        _followers[follower] = _clock.GetUtcNow() + Lease;
        if (!Timers.IsTimerActive(LeaseTick.Instance))
        {
            Timers.StartPeriodicTimer(LeaseTick.Instance, LeaseTick.Instance, Lease / 5);
        }

        if (seen > _history.Sequence)
        {
            // An earlier incarnation's clock ran ahead of this one's: go on above it, so that no number is given twice.
            _history = new(seen.Value + 1);
        }

        var continues = seen is { } number && _history.Covers(number);
        foreach (var batch in Batches(continues ? seen!.Value : _history.Floor, restart: !continues))
        {
            follower.Tell(batch);
        }

        TellOwner();
    }

    /// <summary>Says that somebody follows, when that has not been said for a while.</summary>
    private void TellOwner()
    {
        var now = _clock.GetUtcNow();
        if (_tellOwner is not null && now - _ownerTold >= Lease / 10)
        {
            _ownerTold = now;
            _tellOwner(new ChannelFollowed(Instants.Truncate(now + Lease)));
        }
    }

    private IEnumerable<ChannelMessages> Batches(long after, bool restart)
    {
        var (batch, bytes) = (new List<ChannelMessage>(), 0);
        foreach (var message in _history.Since(after))
        {
            if (batch.Count > 0 && bytes + message.Size > BatchBytes)
            {
                yield return new(_channel, after, batch[^1].Sequence, batch, restart);
                (after, restart) = (batch[^1].Sequence, false);
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += message.Size;
        }

        yield return new(_channel, after, _history.Sequence, batch, restart);
    }

    private void Leave(IActorRef follower)
    {
        Context.Unwatch(follower);
        _followers.Remove(follower);
    }

    private void EndLeases()
    {
        var now = _clock.GetUtcNow();
        foreach (var (follower, until) in _followers.ToList())
        {
            if (until <= now)
            {
                Leave(follower);
            }
        }

        if (_followers.Count == 0)
        {
            Timers.Cancel(LeaseTick.Instance);
        }
    }

    private sealed class FoldTick : INoSerializationVerificationNeeded
    {
        public static readonly FoldTick Instance = new();
    }

    private sealed class LeaseTick : INoSerializationVerificationNeeded
    {
        public static readonly LeaseTick Instance = new();
    }
}
