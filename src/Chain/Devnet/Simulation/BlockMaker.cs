namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Makes blocks: the same ones from the same seed, slot and state.</summary>
internal sealed class BlockMaker(SimulatedChainOptions options, WalletBook book)
{
    private const int Attempts = 4;

    private readonly AccountKeys _keys = new(book);
    private readonly IntentSource _source = new(options, book);

    /// <summary>Whether no block is made in a slot.</summary>
    public bool Skips(ulong slot) => DevnetKeys.Chance(options.Seed ^ 0x5EED, slot, 0).NextDouble() < options.SkippedSlots;

    /// <summary>Makes a block.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="parent">The block before.</param>
    /// <param name="state">The token accounts before.</param>
    /// <param name="intents">What lands first; what cannot be done is left out.</param>
    /// <param name="more">How many transactions are thought up besides.</param>
    /// <param name="fork">How many times the chain went another way so far.</param>
    public SimulatedBlock Make(ulong slot, BlockLink parent, TokenState state, IEnumerable<TransactionIntent> intents, int more, int fork)
    {
        var ledger = new TokenLedger(state, book, _keys, options.TransferFee);
        var chance = DevnetKeys.Chance(options.Seed, slot, fork);
        var time = Time(slot, chance);
        var transactions = new List<SimulatedTransaction>(more);
        foreach (var intent in intents)
        {
            if (ledger.Execute(intent, new Landing(slot, transactions.Count, time, parent.Hash)) is { } landed)
            {
                transactions.Add(landed);
            }
        }

        for (var i = 0; i < more; i++)
        {
            transactions.Add(Land(ledger, chance, new Landing(slot, transactions.Count, time, parent.Hash), DevnetKeys.Signature(options.Seed, slot, fork, i)));
        }

        var link = new BlockLink(slot, DevnetKeys.BlockHash(options.Seed, slot, fork), parent.Height + 1);
        return new SimulatedBlock(link, parent, time, transactions) { State = ledger.State };
    }

    private SimulatedTransaction Land(TokenLedger ledger, Random chance, Landing landing, string signature)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (ledger.Execute(_source.Next(chance, ledger, signature), landing) is { } landed)
            {
                return landed;
            }
        }

        return ledger.Execute(_source.Unrelated(chance, signature), landing) ?? throw new InvalidOperationException("What touches no account cannot fail.");
    }

    private long? Time(ulong slot, Random chance) =>
        chance.NextDouble() < options.UnknownTimes ? null : (options.Epoch + (options.SlotTime * slot)).ToUnixTimeSeconds();
}
