using WildNOut.Actors.Token;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>What a chain truly holds: the measure of whoever reads it.</summary>
/// <param name="Slot">The newest block that is in it.</param>
/// <param name="Entries">All transactions that moved tokens, in chain order.</param>
/// <param name="Balances">What each owner has over all of its token accounts, in base units; owners without tokens are left out.</param>
/// <param name="Withheld">Transfer fees kept in token accounts, in base units.</param>
/// <param name="Supply">All tokens there are, in base units.</param>
public sealed record ChainLedger(ulong Slot, IReadOnlyList<LedgerEntry> Entries, IReadOnlyDictionary<string, ulong> Balances, ulong Withheld, ulong Supply)
{
    internal static ChainLedger Of(ulong slot, IEnumerable<SimulatedBlock> blocks, TokenState state)
    {
        var entries =
            from block in blocks
            from transaction in block.Transactions
            where transaction.Movements.Count > 0
            select new LedgerEntry(block.Slot, transaction.Signature, block.Time, transaction.Movements);
        var balances = state.Accounts.Values
            .Where(account => account.Amount > 0)
            .GroupBy(account => account.Owner, StringComparer.Ordinal)
            .ToDictionary(owned => owned.Key, owned => owned.Aggregate(0ul, (sum, account) => sum + account.Amount), StringComparer.Ordinal);
        return new ChainLedger(slot, [.. entries], balances, state.Accounts.Values.Aggregate(0ul, (sum, account) => sum + account.Withheld), state.Supply);
    }
}

/// <summary>A transaction that moved tokens, be it none or to their own owner.</summary>
/// <param name="Slot">Where it landed.</param>
/// <param name="Signature">Base58 of 64 bytes.</param>
/// <param name="Time">The time of its block, Unix seconds; null where unknown.</param>
/// <param name="Movements">One for each transfer, mint, burn and hand-over of an account with tokens, in the order of execution; for each owner they add up to the change of its balance.</param>
public sealed record LedgerEntry(ulong Slot, string Signature, long? Time, IReadOnlyList<Movement> Movements);
