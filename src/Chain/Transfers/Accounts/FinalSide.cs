using Microsoft.Extensions.Logging;
using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>
/// What is final: the histories of all accounts, stretch by stretch, and so the last word on each transaction. Also how a whole history is read.
/// </summary>
internal sealed partial class FinalSide(
    string mint, AccountBook book, ConfirmedSide confirmed, SignatureHistories histories, TransactionReads reads, TimeProvider clock, ILogger log)
{
    private const int AddressesAtOnce = 64;
    private const int MostAtOnce = 1_000;

    /// <summary>A stretch costs a call for each account, so near the tip there is a pause between them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private FinalStretch? _stretch;
    private long? _ended;

    /// <summary>The slot at which no account is unknown that was there: before everything there are none.</summary>
    private ulong _knows;

    /// <summary>Whether there is more to do at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether all was told that was final when it last began, and it has not fallen far behind since.</summary>
    public bool HasCaughtUp => _ended is not null;

    /// <summary>Does a part of the work.</summary>
    /// <param name="settled">The feed's newest finalized slot.</param>
    /// <param name="finalized">The chain's.</param>
    /// <param name="near">Whether the feed is near the chain.</param>
    /// <param name="decimals">The token's.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What the feed is to be told; null when it is not that far.</returns>
    public async Task<IFeedCommand?> AdvanceAsync(ulong settled, ulong finalized, bool near, int? decimals, CancellationToken cancellation)
    {
        HasMore = false;
        _ended = near ? _ended : null;
        if (_stretch is { } former && !former.MoveTo(settled))
        {
            _knows = former.KnownAtEnd ?? _knows;
            (_stretch, _ended) = (null, near ? clock.GetTimestamp() : null);
        }

        _stretch ??= await BeginAsync(settled, finalized, near, cancellation);
        if (_stretch is not { } stretch)
        {
            return null;
        }

        if (!stretch.IsGathered)
        {
            await GatherAsync(stretch, cancellation);
            HasMore = true;
            return null;
        }

        return stretch.Knows || await ReadAllAsync(stretch, cancellation) ? await TellAsync(stretch, decimals, cancellation) : null;
    }

    private async Task<FinalStretch?> BeginAsync(ulong settled, ulong finalized, bool near, CancellationToken cancellation)
    {
        if (finalized <= settled)
        {
            _ended ??= clock.GetTimestamp();
            return null;
        }

        if (near && _ended is { } ended && clock.GetElapsedTime(ended) < Pause)
        {
            return null;
        }

        var (upto, addresses) = await book.AddressesAsync(settled, cancellation);
        var stretch = new FinalStretch(settled, upto, knows: settled == _knows);
        stretch.Ask(addresses);
        return stretch;
    }

    private async Task GatherAsync(FinalStretch stretch, CancellationToken cancellation)
    {
        var some = stretch.Unread(AddressesAtOnce);
        await histories.ReadAsync(some, stretch.After, Commitment.Finalized, stretch.Upto, line => stretch.Find(line.Slot, line.Signature), cancellation);
        stretch.Read(some.Count);
    }

    /// <summary>
    /// Reads all transactions of a stretch. Whoever has just taken over does not know accounts that were there before and are closed by now: where their tokens went leads to them, and that may be told at the
    /// very end of the stretch, while what went between them was at its beginning.
    /// </summary>
    /// <returns>Whether all are read.</returns>
    private async Task<bool> ReadAllAsync(FinalStretch stretch, CancellationToken cancellation)
    {
        var unread = stretch.NotLanded(MostAtOnce);
        await reads.ReadAsync(unread, Commitment.Finalized, transaction => Land(stretch, transaction), cancellation);
        var landed = unread.Count(line => stretch.Landed(line.Signature) is not null);
        HasMore = landed > 0 || !stretch.IsGathered;
        if (landed == 0 && unread.Count > 0)
        {
            Waits(log, unread.Count, stretch.After, stretch.Upto);
        }

        return unread.Count == 0;
    }

    private void Land(FinalStretch stretch, LandedTransaction transaction)
    {
        stretch.Land(transaction);
        book.See(transaction.Accounts, transaction.Slot);
        stretch.Ask(transaction.Accounts);
    }

    /// <summary>
    /// Reads the first part of a stretch. An account that only shows in a transaction has a history too. What was seen as confirmed and is in no history is asked for: either a
    /// page left it out, or it was dropped.
    /// </summary>
    private async Task<IFeedCommand?> TellAsync(FinalStretch stretch, int? decimals, CancellationToken cancellation)
    {
        var (upto, lines) = stretch.First(MostAtOnce);
        var listed = lines.ToHashSet();
        var seen = confirmed.Between(stretch.After, upto);
        foreach (var transaction in seen.Where(transaction => listed.Contains((transaction.Slot, transaction.Signature))))
        {
            Land(stretch, transaction);
        }

        var missing = lines.Where(line => stretch.Landed(line.Signature) is null)
            .Concat(seen.Where(transaction => stretch.Landed(transaction.Signature) is null).Select(transaction => (transaction.Slot, transaction.Signature)))
            .DistinctBy(line => line.Signature).ToList();
        await reads.ReadAsync(missing, Commitment.Finalized, transaction => Land(stretch, transaction), cancellation);

        (upto, lines) = stretch.First(MostAtOnce);
        var landed = lines.Select(line => stretch.Landed(line.Signature)).OfType<LandedTransaction>().ToList();
        HasMore = !stretch.IsGathered;
        if (HasMore)
        {
            return null;
        }

        if (landed.Count < lines.Count)
        {
            Waits(log, lines.Count - landed.Count, stretch.After, upto);
            return null;
        }

        // One that is listed in two slots is where it truly landed.
        var told = landed.DistinctBy(transaction => transaction.Signature).Where(transaction => transaction.Slot > stretch.After && transaction.Slot <= upto);
        return new ReconcileBlocks(mint, stretch.After, upto, AccountBlocks.Of(told), decimals);
    }

    [LoggerMessage(EventId = 3206, Level = LogLevel.Warning, Message = "The node lists {Count} transactions after slot {After} up to {Upto} and does not hand them out yet; the feed's finality waits for them.")]
    private static partial void Waits(ILogger log, int count, ulong after, ulong upto);
}
