using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>
/// A chain in memory that knows one token. Nothing is random: equal options and calls make equal chains. Made by hand (<see cref="Produce(int, int)"/>), or by the
/// clock (<see cref="AdvanceTo"/>) when it has eras. All members may be called at the same time.
/// </summary>
public sealed class SimulatedChain
{
    private const int LeastWaitingPerBlock = 20;

    private readonly BlockMaker _maker;
    private readonly EraPlan? _eras;
    private readonly ChainListeners _listeners;
    private readonly Queue<TransactionIntent> _waiting;
    private readonly Random _chance;
    private readonly BlockLink _origin;
    private ulong _next;
    private int _forks;

    /// <summary>Makes a chain without blocks.</summary>
    /// <param name="options">What it is like; null for the defaults.</param>
    /// <param name="eras">How it lives by the clock; null when it is made by hand.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SimulatedChain(SimulatedChainOptions? options = null, EraOptions? eras = null)
    {
        Options = options ?? new SimulatedChainOptions();
        Options.Validate();
        Book = new WalletBook(Options);
        _maker = new BlockMaker(Options, Book);
        _eras = eras is null ? null : new EraPlan(eras, Options, _maker, Book);
        _listeners = new ChainListeners(Options, Store);
        _waiting = new Queue<TransactionIntent>(GenesisPlan.Of(Options, Book));
        _chance = new Random((int)Options.Seed);
        _next = Options.FirstSlot;
        _origin = new BlockLink(_next - 1, DevnetKeys.BlockHash(Options.Seed, _next - 1, 0), _next - 1);
    }

    /// <summary>What the chain is like.</summary>
    public SimulatedChainOptions Options { get; }

    /// <summary>The owners of the pools.</summary>
    public IReadOnlyList<string> Pools => [.. Book.Pools.Select(pool => pool.Owner)];

    /// <summary>The wallets that trade; the first are the demo wallets.</summary>
    public IReadOnlyList<string> Wallets => [.. Book.Wallets.Select(wallet => wallet.Owner)];

    /// <summary>How often the chain made by hand goes another way by itself.</summary>
    public ForkRate Forks { get; set; } = new(0);

    /// <summary>What is finalized.</summary>
    public ChainLedger Ledger => LedgerAt(Commitment.Finalized);

    internal WalletBook Book { get; }

    internal BlockStore Store { get; } = new();

    /// <summary>Whoever looks at <see cref="Store"/> holds it.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>What the first block follows.</summary>
    internal BlockLink Origin => Store.Count > 0 ? Store[0].Parent : _origin;

    private int Unfinalized => Store.Count == 0 ? 0 : Store.Count - 1 - Store.AtOrBefore(Store.Tip.Slot - Math.Min(Store.Tip.Slot, (ulong)Options.FinalizedAfter));

    /// <summary>What holds at a commitment. Only of the blocks that are kept.</summary>
    public ChainLedger LedgerAt(Commitment commitment) => View().Ledger(commitment);

    /// <summary>The newest slot at a commitment.</summary>
    public ulong Slot(Commitment commitment) => View().Slot(commitment);

    /// <summary>Makes blocks, as fast as it can.</summary>
    /// <param name="blocks">How many; forks make more.</param>
    /// <param name="transactionsPerBlock">How many transactions are thought up for each; what is to be minted or to land again comes on top.</param>
    /// <exception cref="InvalidOperationException">The chain lives by the clock.</exception>
    public void Produce(int blocks, int transactionsPerBlock = 0) => Produce(blocks, transactionsPerBlock, Forks);

    /// <summary>Makes blocks without new transactions and without forks until everything that waits has landed and all of it is finalized.</summary>
    public void FinalizeAll()
    {
        while (Waiting() > 0)
        {
            Produce(1, 0, new ForkRate(0));
        }

        Produce(Options.FinalizedAfter + 1, 0, new ForkRate(0));
    }

    /// <summary>Drops the newest blocks and goes on from the one before them, in a later slot.</summary>
    /// <param name="depth">How many blocks; none of them finalized.</param>
    /// <param name="relanded">The share of their transactions that land again in later slots, 0 to 1; the others never do, unless the mint authority signed them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A finalized block would be dropped.</exception>
    /// <exception cref="InvalidOperationException">The chain lives by the clock.</exception>
    public void Fork(int depth, double relanded = 1)
    {
        MustBeMadeByHand();
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, Unfinalized);
            ForkNow(depth, relanded);
        }
    }

    /// <summary>Makes the blocks up to a slot.</summary>
    /// <exception cref="InvalidOperationException">The chain is made by hand.</exception>
    public void AdvanceTo(ulong slot)
    {
        var eras = _eras ?? throw new InvalidOperationException("A chain that is made by hand does not live by the clock.");
        lock (Gate)
        {
            if (Store.Count == 0 || _next < eras.TakeUp(slot))
            {
                Store.Trim(Store.Count);
                _next = eras.TakeUp(slot);
            }

            for (; _next <= slot; _next++)
            {
                if (eras.Make(_next, Store) is { } block)
                {
                    Append(block, told: slot - _next <= (ulong)Options.FinalizedAfter);
                }
            }

            TrimEras(eras, slot);
        }
    }

    /// <summary>Hears of every block from now on, in order; what is called must be quick.</summary>
    internal IDisposable Listen(Action<ChainStep> listener) => _listeners.Add(listener);

    internal ChainView View(ulong slotsBehind = 0) => new(this, slotsBehind);

    /// <summary>
    /// Makes an era that is not kept, because somebody asks for it: it was going on when that reader stopped. The eras between it and the kept ones
    /// count as skipped, which is no loss: each ends with the balances that it began with. Call it within the gate.
    /// </summary>
    internal void Recall(ulong slot)
    {
        if (_eras is not null && Store.Count > 0 && slot < _eras.Start(Store[0].Slot))
        {
            Store.Prepend(_eras.Era(slot));
        }
    }

    private void Produce(int blocks, int transactionsPerBlock, ForkRate forks)
    {
        MustBeMadeByHand();
        for (var i = 0; i < blocks; i++)
        {
            lock (Gate)
            {
                Append(MakeNext(transactionsPerBlock));
                if (forks.Probability > 0 && _chance.NextDouble() < forks.Probability)
                {
                    ForkNow(Math.Min(1 + _chance.Next(forks.Depth), Unfinalized), forks.Relanded);
                }
            }
        }
    }

    private int Waiting()
    {
        lock (Gate)
        {
            return _waiting.Count;
        }
    }

    private SimulatedBlock MakeNext(int transactions)
    {
        while (_maker.Skips(_next))
        {
            _next++;
        }

        var (parent, state) = Store.Count > 0 ? (Store.Tip.Link, Store.Tip.State!) : (_origin, TokenState.Empty);
        var waiting = Math.Min(_waiting.Count, Math.Max(LeastWaitingPerBlock, _waiting.Count / 4));
        var intents = Enumerable.Range(0, waiting).Select(_ => _waiting.Dequeue()).ToList();
        return _maker.Make(_next++, parent, state, intents, transactions, _forks);
    }

    private void Append(SimulatedBlock block, bool told = true)
    {
        Store.Append(block);
        _listeners.Tell(block, told);
        if (_eras is null && Options.KeptBlocks is { } kept && Store.Count > kept + (kept / 4))
        {
            Store.Trim(Store.Count - kept);
        }
    }

    private void TrimEras(EraPlan eras, ulong slot)
    {
        while (Store.Count > Options.KeptBlocks && eras.Start(Store[0].Slot) < eras.TakeUp(slot))
        {
            Store.Trim(Store.AtOrBefore(eras.End(Store[0].Slot)) + 1);
        }
    }

    private void ForkNow(int depth, double relanded)
    {
        var dropped = Store.Drop(depth);
        foreach (var transaction in dropped.SelectMany(block => block.Transactions))
        {
            // The mint authority does not give up: without the first mints there is nothing to move.
            if (_chance.NextDouble() < relanded || transaction.Intent.Payer == Book.MintAuthority)
            {
                _waiting.Enqueue(transaction.Intent);
            }
        }

        _forks++;
        Append(MakeNext(0));
    }

    private void MustBeMadeByHand()
    {
        if (_eras is not null)
        {
            throw new InvalidOperationException("A chain with eras lives by the clock.");
        }
    }
}
