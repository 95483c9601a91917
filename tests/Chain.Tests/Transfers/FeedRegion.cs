using Akka.Actor;
using WildNOut.Actors.Token;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>Stands in for the shard region of the feed: one feed with the real rules, and what its readers report.</summary>
internal sealed class FeedRegion : ReceiveActor
{
    private IngestObserved? _told;

    public FeedRegion(ModelFeed feed)
    {
        Receive<Envelope>(envelope => envelope.Message is GetFeed, _ => Sender.Tell(feed.Tip));
        Receive<Envelope>(envelope => envelope.Message is IFeedCommand, envelope => Sender.Tell(new Actors.Engine.Done(feed.Tell((IFeedCommand)envelope.Message), 1)));
        Receive<Envelope>(envelope => envelope.Message is IngestObserved, envelope => _told = (IngestObserved)envelope.Message);
        Receive<GetStanding>(_ => Sender.Tell(new Standing(feed.Tip, feed.Standing, feed.Withdrawals, _told)));
    }

    /// <summary>Asks for the whole feed.</summary>
    public sealed record GetStanding : INoSerializationVerificationNeeded
    {
        public static readonly GetStanding Instance = new();
    }

    /// <summary>The whole feed.</summary>
    public sealed record Standing(FeedTip Tip, IReadOnlyList<(ulong Slot, Movement Movement)> Lines, int Withdrawals, IngestObserved? Told) : INoSerializationVerificationNeeded;
}
