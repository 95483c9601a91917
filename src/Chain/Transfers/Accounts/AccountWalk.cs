using Microsoft.Extensions.Logging;
using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>
/// Reads the histories of the mint and of its token accounts (mode <c>accounts</c>), for providers that hand out no blocks, and says what the feed is to be told next. What it
/// knows between two steps only saves calls: where to go on is the feed's own tip and finality. Far behind, the history comes first, in chain order.
/// </summary>
internal sealed class AccountWalk : IChainWalk
{
    /// <summary>Slots between the feed's finality and the chain's within which it is near: a minute.</summary>
    private const ulong Near = 150;

    /// <summary>How long a step may read before it looks again how far the chain and the feed are.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);

    private readonly string _mint;
    private readonly ulong? _from;
    private readonly ISolanaRpc _rpc;
    private readonly AccountNews _news;
    private readonly TimeProvider _clock;
    private readonly ConfirmedSide _confirmed;
    private readonly FinalSide _final;
    private int? _decimals;
    private bool _finalsTurn;

    /// <summary>A walk that knows nothing yet.</summary>
    /// <param name="mint">The token.</param>
    /// <param name="from">The slot to begin with when the feed is empty; null for the newest that is finalized.</param>
    /// <param name="rpc">Who is asked.</param>
    /// <param name="decoder">Understands transactions.</param>
    /// <param name="news">Says which accounts changed.</param>
    /// <param name="clock">Paces.</param>
    /// <param name="log">Hears of what does not come.</param>
    public AccountWalk(string mint, ulong? from, ISolanaRpc rpc, TransferDecoder decoder, AccountNews news, TimeProvider clock, ILogger<AccountWalk> log)
    {
        (_mint, _from, _rpc, _news, _clock) = (mint, from, rpc, news, clock);
        var (book, histories, reads) = (new AccountBook(mint, rpc), new SignatureHistories(rpc), new TransactionReads(rpc, decoder));
        _confirmed = new ConfirmedSide(mint, book, news, histories, reads, clock);
        _final = new FinalSide(mint, book, _confirmed, histories, reads, clock, log);
    }

    /// <inheritdoc />
    public ulong NewestSlot { get; private set; }

    /// <inheritdoc />
    public bool HasAll(FeedTip feed) => false;

    /// <inheritdoc />
    public Task ListenAsync(CancellationToken stop) => _news.ListenAsync(stop);

    /// <inheritdoc />
    public async Task<IFeedCommand?> NextAsync(FeedTip feed, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        var finalized = await _rpc.GetSlotAsync(Commitment.Finalized, cancellation);
        var newest = Math.Max(finalized, await _rpc.GetSlotAsync(Commitment.Confirmed, cancellation));
        NewestSlot = Math.Max(NewestSlot, newest);
        _decimals ??= (await _rpc.GetTokenSupplyAsync(_mint, Commitment.Finalized, cancellation)).Value.Decimals;
        if (feed.Finalized is null && _from is null)
        {
            return new ReconcileBlocks(_mint, finalized, finalized, [], _decimals);
        }

        var settled = feed.Finalized?.Slot ?? (_from is > 0 and var first ? first - 1 : 0);
        // What is confirmed waits until the history before it is told, so that lines come in the order of slots.
        var near = finalized <= settled + Near;
        _confirmed.Settle(feed, settled);
        do
        {
            if (!_finalsTurn && near && _final.HasCaughtUp && feed.Tip is { } tip)
            {
                // By turns, since on a busy chain there is always something new; and also after a failure, so that what is only a hint keeps no finality waiting.
                _finalsTurn = true;
                if (await _confirmed.NextAsync(tip, settled, newest, _decimals, cancellation) is { } news)
                {
                    return news;
                }
            }

            _finalsTurn = false;
            if (await _final.AdvanceAsync(settled, finalized, near, _decimals, cancellation) is { } final)
            {
                return final;
            }
        }
        while (_final.HasMore && _clock.GetElapsedTime(began) < LongestStep);
        return null;
    }
}
