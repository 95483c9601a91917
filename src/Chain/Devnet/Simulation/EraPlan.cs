namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Makes the blocks of eras: what a slot holds follows from the seed and the number of the slot alone.</summary>
internal sealed class EraPlan
{
    private const int MintsPerBlock = 20;

    private readonly EraOptions _eras;
    private readonly SimulatedChainOptions _options;
    private readonly BlockMaker _maker;
    private readonly IReadOnlyList<TransactionIntent> _genesis;
    private readonly TokenState _settled;

    public EraPlan(EraOptions eras, SimulatedChainOptions options, BlockMaker maker, WalletBook book)
    {
        if (eras.Slots < 200 || eras.Slots % 2 != 0 || eras.TransactionsPerSecond < 0 || options.TransferFee > 0)
        {
            throw new ArgumentException("Eras are even and have at least 200 slots, and transfer fees cannot be undone.", nameof(eras));
        }

        _eras = eras;
        _options = options;
        _maker = maker;
        _genesis = GenesisPlan.Of(options, book);
        _settled = maker.Make(0, new BlockLink(0, "", 0), TokenState.Empty, _genesis, 0, 0).State!;
    }

    /// <summary>The first slot of the era that a slot belongs to.</summary>
    public ulong Start(ulong slot) => slot - Offset(slot);

    /// <summary>The last slot of the era that a slot belongs to.</summary>
    public ulong End(ulong slot) => Start(slot) + (ulong)_eras.Slots - 1;

    /// <summary>Where a process takes up the chain: the era before, so that there is a history.</summary>
    public ulong TakeUp(ulong slot) => Start(slot) - (Start(slot) > 0 ? (ulong)_eras.Slots : 0);

    /// <summary>All blocks of the era that a slot belongs to.</summary>
    public IReadOnlyList<SimulatedBlock> Era(ulong slot)
    {
        var store = new BlockStore();
        for (var at = Start(slot); at <= End(slot); at++)
        {
            if (Make(at, store) is { } block)
            {
                store.Append(block);
            }
        }

        return [.. Enumerable.Range(0, store.Count).Select(index => store[index])];
    }

    /// <summary>The block of a slot, given those of its era before it; null when the slot is skipped.</summary>
    public SimulatedBlock? Make(ulong slot, BlockStore before)
    {
        var offset = Offset(slot);
        var (parent, state) = offset == 0 ? (Ancestor(slot), _settled) : (before.Tip.Link, before.Tip.State!);
        if (Start(slot) == 0)
        {
            return MakeFirst(slot, offset == 0 ? TokenState.Empty : state, parent);
        }

        if (offset < (ulong)_eras.Slots / 2)
        {
            return offset > 0 && _maker.Skips(slot) ? null : _maker.Make(slot, parent, state, [], Count(slot), 0);
        }

        var mirror = before.Find(End(slot) - offset);
        return mirror is null ? null : _maker.Make(slot, parent, state, Undoing(slot, mirror), 0, 0);
    }

    private SimulatedBlock? MakeFirst(ulong slot, TokenState state, BlockLink parent)
    {
        var mints = _genesis.Skip((int)Math.Min(slot * MintsPerBlock, int.MaxValue)).Take(MintsPerBlock).ToList();
        var last = slot == (ulong)_eras.Slots - 1;
        return mints.Count > 0 || last ? _maker.Make(slot, parent, state, mints, 0, 0) : null;
    }

    /// <summary>The last block of the era before, which every era has.</summary>
    private BlockLink Ancestor(ulong slot) => slot == 0
        ? new BlockLink(0, DevnetKeys.BlockHash(_options.Seed, ulong.MaxValue, 0), 0)
        : new BlockLink(slot - 1, DevnetKeys.BlockHash(_options.Seed, slot - 1, 0), slot - 1);

    private int Count(ulong slot)
    {
        var mean = _eras.TransactionsPerSecond * _options.SlotTime.TotalSeconds;
        return (int)(mean + DevnetKeys.Chance(_options.Seed ^ 0xC0DE, slot, 0).NextDouble());
    }

    private IEnumerable<TransactionIntent> Undoing(ulong slot, SimulatedBlock mirror) =>
        mirror.Transactions.Reverse().Select((transaction, index) => Undo.Of(transaction, DevnetKeys.Signature(_options.Seed, slot, 0, index)));

    private ulong Offset(ulong slot) => slot % (ulong)_eras.Slots;
}
