using Akka.Actor;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using WildNOut.Actors.Engine.Clustering;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Web.Realtime;

/// <summary>
/// One a web node: follows each channel once, however many clients read it here, and hands what comes to the <see cref="ChannelFanout"/>. It never waits for a client.
/// </summary>
public sealed class ChannelBridge : UntypedActor, IWithTimers
{
    /// <summary>How often a channel that is read here is asked again; it keeps the lease and finds lost messages.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private readonly ChannelFanout _fanout;
    private readonly ShardRegions _regions;
    private readonly RealtimeMetrics _metrics;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="Props(ChannelFanout, ShardRegions, RealtimeMetrics)"/>.</summary>
    public ChannelBridge(ChannelFanout fanout, ShardRegions regions, RealtimeMetrics metrics)
    {
        _fanout = fanout;
        _regions = regions;
        _metrics = metrics;
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The bridge of this node.</summary>
    public static Props Props(ChannelFanout fanout, ShardRegions regions, RealtimeMetrics metrics) =>
        Akka.Actor.Props.Create(() => new ChannelBridge(fanout, regions, metrics));

    /// <inheritdoc />
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(RenewTick.Instance, RenewTick.Instance, RenewEvery);
        Self.Tell(RenewTick.Instance);
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Refresh refresh: Ask(_fanout.Find(refresh.Channel)); break;
            case ChannelMessages messages: Hand(messages); break;
            case RenewTick: Renew(); break;
            default: Unhandled(message); break;
        }
    }

    private void Hand(ChannelMessages messages)
    {
        if (_fanout.Find(messages.Channel) is not { } feed)
        {
            Send(messages.Channel, new LeaveChannel());
        }
        else if (feed.Apply(messages))
        {
            _asked.Remove(messages.Channel);
        }
        else if (_asked.Add(messages.Channel))
        {
            _metrics.GapFound();
            Ask(feed);
        }
    }

    private void Renew()
    {
        _asked.Clear();
        foreach (var feed in _fanout.Feeds)
        {
            if (_fanout.TryRetire(feed))
            {
                Send(feed.Channel, new LeaveChannel());
            }
            else
            {
                Ask(feed);
            }
        }
    }

    private void Ask(ChannelFeed? feed)
    {
        if (feed is not null)
        {
            Send(feed.Channel, new FollowChannel(feed.Seen));
        }
    }

    private void Send(string channel, IMessage message) =>
        _regions[Names.Regions.Channel].Tell(new Envelope(channel, message), Self);

    /// <summary>A reader waits for this channel's answer.</summary>
    internal sealed record Refresh(string Channel) : INoSerializationVerificationNeeded;

    private sealed class RenewTick : INoSerializationVerificationNeeded
    {
        public static readonly RenewTick Instance = new();
    }
}
