using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Engine.Channels;

/// <summary>Channels: one in-memory entity a channel, spread over the cluster.</summary>
/// <param name="owners">The regions whose entities hear of the followers of the channel of their own name, <c>{region}:{id}</c>.</param>
public sealed class ChannelsSetup(params IReadOnlyList<string> owners) : Capability
{
    /// <summary>Channels that nobody follows and nobody publishes to leave memory after this; what they kept is older by then than anyone asks for.</summary>
    public static readonly TimeSpan PassivateAfter = ChannelHistory.KeepFor;

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue) => catalogue
        .Add("channel.publish.v1", ChannelsJson.Default.Publish)
        .Add("channel.follow.v1", ChannelsJson.Default.FollowChannel)
        .Add("channel.leave.v1", ChannelsJson.Default.LeaveChannel)
        .Add("channel.followed.v1", ChannelsJson.Default.ChannelFollowed)
        .Add("channel.messages.v1", ChannelsJson.Default.ChannelMessages);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions =>
    [
        new(
            Names.Regions.Channel,
            Names.Shards.Default,
            (runtime, channel) => ChannelActor.Props(
                channel, runtime.Clock, OwnerOf(channel) is { } owner ? followed => runtime.Regions.Tell(owner, followed) : null),
            PassivateAfter: PassivateAfter),
    ];

    private EntityAddress? OwnerOf(string channel)
    {
        var colon = channel.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && owners.Contains(channel[..colon], StringComparer.Ordinal) ? new EntityAddress(channel[..colon], channel[(colon + 1)..]) : null;
    }
}
