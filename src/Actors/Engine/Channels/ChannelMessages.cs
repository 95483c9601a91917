namespace WildNOut.Actors.Engine.Channels;

/// <summary>Tells the subscribers of a channel something. Sent to the channel entity; nobody answers.</summary>
public sealed record Publish(Announcement Announcement) : ISignal;

/// <summary>
/// The sender, a node's bridge, follows the channel for the next <see cref="ChannelActor.Lease"/>; repeated before that runs out. Always
/// answered with <see cref="ChannelMessages"/>, even when there is nothing new, and from then on with each message as it comes.
/// </summary>
/// <param name="Seen">The last number the bridge has, so that a lost message is noticed; null when it has nothing.</param>
public sealed record FollowChannel(long? Seen) : IQuery;

/// <summary>The sender follows the channel no longer.</summary>
public sealed record LeaveChannel : ISignal;

/// <summary>Tells the entity that a channel is named after that people follow the channel; comes again while they do.</summary>
/// <param name="Until">The instant from which this no longer holds.</param>
public sealed record ChannelFollowed(DateTimeOffset Until) : ISignal;

/// <summary>
/// Everything a channel has to say about the numbers above <paramref name="After"/> up to <paramref name="Sequence"/>. Numbers that are
/// missing in between were superseded by a later message with the same fold key.
/// </summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="After">Where the stretch begins, exclusive.</param>
/// <param name="Sequence">Where it ends, inclusive.</param>
/// <param name="Messages">The messages, numbers rising.</param>
/// <param name="Restart">The stretch does not continue what the bridge named: what it had is void, and this is all there is.</param>
public sealed record ChannelMessages(string Channel, long After, long Sequence, IReadOnlyList<ChannelMessage> Messages, bool Restart = false) : IReply;
