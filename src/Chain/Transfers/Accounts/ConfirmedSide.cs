using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>
/// What is confirmed and not final yet. It looks only where it hears of changes, or finds some, so it is quick and may miss something; what it misses or what is dropped, the
/// final side sets right.
/// </summary>
internal sealed class ConfirmedSide(
    string mint, AccountBook book, AccountNews news, SignatureHistories histories, TransactionReads reads, TimeProvider clock)
{
    private const int MostKept = 100_000;
    private const int MostAtOnce = 1_000;

    /// <summary>Slots after which the feed is told how far the reading is, though nothing was found.</summary>
    private const ulong SilentSlots = 25;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CompareWhenTold = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, LandedTransaction> _landed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _awaited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _untold = new(StringComparer.Ordinal);
    private (ulong Upto, IReadOnlyList<string> Signatures)? _sent;
    private long? _looked;
    private long? _compared;

    /// <summary>The transactions in a range of slots: after the first, up to the second.</summary>
    public IReadOnlyList<LandedTransaction> Between(ulong after, ulong upto) =>
        [.. _landed.Values.Where(transaction => transaction.Slot > after && transaction.Slot <= upto)];

    /// <summary>Forgets what is final, and what the feed has by now.</summary>
    public void Settle(FeedTip feed, ulong finalized)
    {
        if (_sent is { } sent && feed.Tip?.Slot >= sent.Upto)
        {
            _untold.ExceptWith(sent.Signatures);
        }

        _sent = null;
        foreach (var signature in _landed.Values.Where(transaction => transaction.Slot <= finalized).Select(transaction => transaction.Signature).ToList())
        {
            _landed.Remove(signature);
            _untold.Remove(signature);
        }

        foreach (var signature in _awaited.Where(line => line.Value <= finalized).Select(line => line.Key).ToList())
        {
            _awaited.Remove(signature);
        }
    }

    /// <summary>What the feed is to be told; null when there is nothing new.</summary>
    /// <param name="tip">The feed's tip.</param>
    /// <param name="finalized">The feed's newest finalized slot.</param>
    /// <param name="newest">The newest confirmed slot.</param>
    /// <param name="decimals">The token's.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IFeedCommand?> NextAsync(BlockId tip, ulong finalized, ulong newest, int? decimals, CancellationToken cancellation)
    {
        if (news.Any || Elapsed(_looked, LookEvery))
        {
            await LookAsync(finalized, newest, cancellation);
            await FetchAsync(finalized, cancellation);
            _looked = clock.GetTimestamp();
        }

        var told = _untold.Select(signature => _landed[signature]).OrderBy(transaction => transaction.Slot).Take(MostAtOnce).ToList();
        if (told.Count == 0 && newest < tip.Slot + SilentSlots)
        {
            return null;
        }

        var upto = told.Select(transaction => transaction.Slot).Append(newest).Append(tip.Slot).Max();
        _sent = (upto, [.. told.Select(transaction => transaction.Signature)]);
        return new RecordBlocks(mint, tip, new BlockId(upto, null), AccountBlocks.Of(told), Finalized: false, decimals);
    }

    private async Task LookAsync(ulong finalized, ulong newest, CancellationToken cancellation)
    {
        if (Elapsed(_compared, news.IsLive ? CompareWhenTold : CompareEvery))
        {
            news.Add(await book.ChangedAsync(cancellation));
            _compared = clock.GetTimestamp();
        }

        var touched = news.Take();
        book.See(touched, newest);
        try
        {
            await histories.ReadAsync([mint, .. touched.Where(account => account != mint)], finalized, Commitment.Confirmed, newest, Note, cancellation);
        }
        catch
        {
            news.Add(touched);
            throw;
        }
    }

    private void Note(SignatureInfo line)
    {
        if (_landed.GetValueOrDefault(line.Signature)?.Slot != line.Slot && _landed.Count + _awaited.Count < MostKept)
        {
            _awaited[line.Signature] = line.Slot;
        }
    }

    /// <summary>Reads what is awaited. A transaction that is not there yet goes on being awaited; one that landed anew takes the place of what it was.</summary>
    private async Task FetchAsync(ulong finalized, CancellationToken cancellation)
    {
        var lines = _awaited.Select(line => (line.Value, line.Key)).OrderBy(line => line.Value).Take(MostAtOnce).ToList();
        await reads.ReadAsync(lines, Commitment.Confirmed, transaction => Land(transaction, finalized), cancellation);
    }

    private void Land(LandedTransaction transaction, ulong finalized)
    {
        _awaited.Remove(transaction.Signature);
        if (transaction.Slot <= finalized)
        {
            return;
        }

        _landed[transaction.Signature] = transaction;
        news.Add(book.See(transaction.Accounts, transaction.Slot));
        if (transaction.Meaning.Movements.Count > 0)
        {
            _untold.Add(transaction.Signature);
        }
    }

    private bool Elapsed(long? since, TimeSpan time) => since is not { } then || clock.GetElapsedTime(then) >= time;
}
