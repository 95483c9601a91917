namespace WildNOut.Chain.Rpc;

/// <summary>
/// What a node pushes over WebSocket. Nothing is replayed: every sequence begins with the first notice after the subscription and ends with an
/// <see cref="SubscriptionEndedException"/> when the connection drops, or with <see cref="RpcException"/> when the node refuses it. Whoever listens
/// subscribes first, then fills up from <see cref="ISolanaRpc"/>. A listener too slow for its queue loses the oldest slots; other sequences end.
/// </summary>
public interface ISolanaSubscriptions
{
    /// <summary>Slots as the node hears of them (<c>slotSubscribe</c>).</summary>
    IAsyncEnumerable<SlotNotice> SlotsAsync(CancellationToken cancellation);

    /// <summary>Transactions that name an address (<c>logsSubscribe</c>).</summary>
    IAsyncEnumerable<SignatureInfo> MentionsAsync(string address, Commitment commitment, CancellationToken cancellation);

    /// <summary>Token accounts of a mint that changed (<c>programSubscribe</c> on both token programs).</summary>
    IAsyncEnumerable<InContext<TokenAccount>> TokenAccountsAsync(string mint, Commitment commitment, CancellationToken cancellation);
}

/// <summary>A slot that a node heard of.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Parent">The slot of the block before.</param>
/// <param name="Root">The newest slot that is never dropped.</param>
public sealed record SlotNotice(ulong Slot, ulong Parent, ulong Root);
