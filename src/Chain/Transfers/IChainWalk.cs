using WildNOut.Actors.Token;

namespace WildNOut.Chain.Transfers;

/// <summary>A way to read the chain. It says what the feed is to be told next; where to go on is the feed's own tip.</summary>
public interface IChainWalk
{
    /// <summary>The newest confirmed slot that was heard of.</summary>
    ulong NewestSlot { get; }

    /// <summary>What follows on a tip; null when there is nothing new.</summary>
    /// <exception cref="Rpc.RpcUnavailableException">Nobody answers, or the answers contradict each other.</exception>
    Task<IFeedCommand?> NextAsync(FeedTip feed, CancellationToken cancellation);

    /// <summary>Whether a feed has all that was there at the last look, so that another at once would be in vain.</summary>
    bool HasAll(FeedTip feed);

    /// <summary>Hears what helps it over WebSocket, until cancelled. It must do without as well.</summary>
    Task ListenAsync(CancellationToken stop);
}
