using WildNOut.Actors.Engine.Clustering;

namespace WildNOut.Actors.Engine.Channels;

/// <summary>Channels: one in-memory entity a channel, spread over the cluster.</summary>
public sealed class ChannelsSetup : Capability
{
    /// <summary>Channels that nobody follows and nobody publishes to leave memory after this; what they kept is older by then than anyone asks for.</summary>
    public static readonly TimeSpan PassivateAfter = ChannelHistory.KeepFor;

    /// <inheritdoc />
    public override void List(MessageCatalogue.Builder catalogue) => catalogue
        .Add("channel.publish.v1", ChannelsJson.Default.Publish)
        .Add("channel.follow.v1", ChannelsJson.Default.FollowChannel)
        .Add("channel.leave.v1", ChannelsJson.Default.LeaveChannel)
        .Add("channel.messages.v1", ChannelsJson.Default.ChannelMessages);

    /// <inheritdoc />
    public override IEnumerable<EntityRegion> Regions =>
    [
        new(
            Names.Regions.Channel,
            Names.Shards.Default,
            (runtime, channel) => ChannelActor.Props(channel, runtime.Clock),
            PassivateAfter: PassivateAfter),
    ];
}
