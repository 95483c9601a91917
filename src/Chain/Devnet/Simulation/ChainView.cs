using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>A chain as a node sees it that is so many slots behind.</summary>
internal sealed class ChainView(SimulatedChain chain, ulong slotsBehind)
{
    private BlockStore Store => chain.Store;

    public ulong Slot(Commitment commitment)
    {
        lock (chain.Gate)
        {
            return Link(commitment).Slot;
        }
    }

    public ulong Height(Commitment commitment)
    {
        lock (chain.Gate)
        {
            return Link(commitment).Height;
        }
    }

    public ulong FirstAvailable()
    {
        lock (chain.Gate)
        {
            return Store.Count > 0 ? Store[0].Slot : chain.Origin.Slot;
        }
    }

    public IReadOnlyList<ulong> Blocks(ulong first, ulong last, Commitment commitment)
    {
        lock (chain.Gate)
        {
            chain.Recall(first);
            var slots = new List<ulong>();
            var newest = Index(commitment);
            for (var index = first == 0 ? 0 : Store.AtOrBefore(first - 1) + 1; index <= newest && Store[index].Slot <= last; index++)
            {
                slots.Add(Store[index].Slot);
            }

            return slots;
        }
    }

    /// <summary>The block of a slot, or why there is none.</summary>
    public (SimulatedBlock? Block, BlockAbsence Absence) Block(ulong slot, Commitment commitment)
    {
        lock (chain.Gate)
        {
            chain.Recall(slot);
            var newest = Index(commitment);
            if (newest < 0 || slot > Store[newest].Slot)
            {
                return (null, BlockAbsence.NotYet);
            }

            if (Store.Find(slot) is { } block)
            {
                return (block, BlockAbsence.None);
            }

            return (null, slot < Store[0].Slot ? BlockAbsence.CleanedUp : slot > Link(Commitment.Finalized).Slot ? BlockAbsence.NotYet : BlockAbsence.Skipped);
        }
    }

    /// <summary>Transactions that name an address, newest first; null when <paramref name="before"/> or <paramref name="until"/> is not known.</summary>
    public IReadOnlyList<SimulatedTransaction>? Signatures(string address, string? before, string? until, int limit, Commitment commitment)
    {
        lock (chain.Gate)
        {
            var newest = Link(commitment).Slot;
            if (!Place(before, newest, (ulong.MaxValue, 0), out var upper) || !Place(until, newest, (0, -1), out var lower))
            {
                return null;
            }

            var found = new List<SimulatedTransaction>();
            var naming = Store.Naming(address);
            for (var index = Before(naming, (Math.Min(upper.Slot, newest + 1), upper.Slot <= newest ? upper.Position : 0)); index >= 0 && found.Count < limit; index--)
            {
                if ((naming[index].Slot, naming[index].Position).CompareTo(lower) <= 0)
                {
                    break;
                }

                found.Add(naming[index]);
            }

            return found;
        }
    }

    public SimulatedTransaction? Transaction(string signature, Commitment commitment)
    {
        lock (chain.Gate)
        {
            return Store.Transaction(signature) is { } found && found.Slot <= Link(commitment).Slot ? found : null;
        }
    }

    public InContext<TokenState> State(Commitment commitment)
    {
        lock (chain.Gate)
        {
            return new InContext<TokenState>(Link(commitment).Slot, StateAt(Index(commitment)));
        }
    }

    public ChainLedger Ledger(Commitment commitment)
    {
        lock (chain.Gate)
        {
            var newest = Index(commitment);
            return ChainLedger.Of(Link(commitment).Slot, Enumerable.Range(0, newest + 1).Select(index => chain.Store[index]), StateAt(newest));
        }
    }

    private static int Before(IReadOnlyList<SimulatedTransaction> naming, (ulong, int) place)
    {
        var (low, high) = (0, naming.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = (naming[middle].Slot, naming[middle].Position).CompareTo(place) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private bool Place(string? signature, ulong newest, (ulong Slot, int Position) otherwise, out (ulong Slot, int Position) place)
    {
        var transaction = signature is null ? null : Store.Transaction(signature);
        place = transaction is null ? otherwise : (transaction.Slot, transaction.Position);
        return signature is null || transaction?.Slot <= newest;
    }

    private TokenState StateAt(int index) => index < 0
        ? TokenState.Empty
        : Store[index].State ?? throw new InvalidOperationException("The token accounts of so long ago are forgotten.");

    private BlockLink Link(Commitment commitment) => Index(commitment) is >= 0 and var index ? Store[index].Link : chain.Origin;

    private int Index(Commitment commitment)
    {
        if (Store.Count == 0)
        {
            return -1;
        }

        var behind = slotsBehind + commitment switch
        {
            Commitment.Processed => 0ul,
            Commitment.Confirmed => (ulong)chain.Options.ConfirmedAfter,
            _ => (ulong)chain.Options.FinalizedAfter,
        };
        return Store.AtOrBefore(Store.Tip.Slot - Math.Min(Store.Tip.Slot, behind));
    }
}

/// <summary>Why there is no block.</summary>
internal enum BlockAbsence
{
    None,
    NotYet,
    Skipped,
    CleanedUp,
}
