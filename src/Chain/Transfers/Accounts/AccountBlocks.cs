using WildNOut.Actors.Token;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>Blocks out of single transactions. Nothing says in which order those of one slot came, so they are ordered by signature, which at least is always the same.</summary>
internal static class AccountBlocks
{
    /// <summary>What transactions mean for the feed, ascending.</summary>
    public static IReadOnlyList<FeedBlock> Of(IEnumerable<LandedTransaction> transactions) =>
    [
        .. transactions
            .Where(transaction => transaction.Meaning.Movements.Count > 0 || transaction.Meaning.Parked is not null)
            .GroupBy(transaction => transaction.Slot)
            .OrderBy(slot => slot.Key)
            .Select(slot => Block(slot.Key, [.. slot.OrderBy(transaction => transaction.Signature, StringComparer.Ordinal)])),
    ];

    private static FeedBlock Block(ulong slot, IReadOnlyList<LandedTransaction> transactions) => new(
        new BlockId(slot, null),
        transactions.Select(transaction => transaction.Time).FirstOrDefault(time => time is not null),
        [.. transactions.SelectMany(transaction => transaction.Meaning.Movements)],
        [.. transactions.Select(transaction => transaction.Meaning.Parked).OfType<ParkedTransaction>()]);
}
