using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class ForkTests
{
    [Fact]
    public void Dropped_transactions_land_again_under_the_same_signatures_in_later_slots()
    {
        var chain = Chain();
        var tip = chain.Store.Tip;
        var dropped = Enumerable.Range(1, 5).SelectMany(back => chain.Store[chain.Store.Count - back].Transactions).ToDictionary(transaction => transaction.Signature);

        chain.Fork(5);
        chain.FinalizeAll();

        Assert.Null(chain.Store.Find(tip.Slot));
        var landed = dropped.Keys.Select(chain.Store.Transaction).OfType<SimulatedTransaction>().ToList();
        Assert.True(landed.Count > dropped.Count / 2);
        Assert.All(landed, transaction => Assert.True(transaction.Slot > tip.Slot));
    }

    [Fact]
    public void Dropped_transactions_may_never_land_again()
    {
        var chain = Chain();
        var dropped = chain.Store.Tip.Transactions.Where(transaction => transaction.Intent.Payer != chain.Book.MintAuthority).ToList();
        Assert.NotEmpty(dropped);
        chain.Fork(1, relanded: 0);
        chain.FinalizeAll();
        Assert.All(dropped, transaction => Assert.Null(chain.Store.Transaction(transaction.Signature)));
    }

    [Fact]
    public void Every_block_names_the_one_before_it_and_the_ledger_stays_whole()
    {
        var chain = new SimulatedChain { Forks = new ForkRate(0.3, Depth: 20, Relanded: 0.5) };
        chain.Produce(200, 10);
        chain.FinalizeAll();
        for (var index = 1; index < chain.Store.Count; index++)
        {
            Assert.Equal(chain.Store[index - 1].Link, chain.Store[index].Parent);
            Assert.True(chain.Store[index].Slot > chain.Store[index - 1].Slot);
        }

        Assert.Equal(chain.Ledger.Supply, chain.Ledger.Balances.Values.Aggregate(0ul, (sum, amount) => sum + amount));
    }

    [Fact]
    public void What_is_finalized_is_never_dropped()
    {
        var chain = Chain();
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fork(60));
        var finalized = chain.Ledger;
        chain.Forks = new ForkRate(1, Depth: 60);
        chain.Produce(50, 5);
        chain.FinalizeAll();
        Assert.Equal(finalized.Entries.Select(entry => entry.Signature), chain.Ledger.Entries.Take(finalized.Entries.Count).Select(entry => entry.Signature));
    }

    [Fact]
    public void Commitments_lag_behind_the_newest_block()
    {
        var chain = new SimulatedChain(new SimulatedChainOptions { SkippedSlots = 0 });
        chain.Produce(100);
        Assert.Equal(1_099ul, chain.Slot(Commitment.Processed));
        Assert.Equal(1_097ul, chain.Slot(Commitment.Confirmed));
        Assert.Equal(1_067ul, chain.Slot(Commitment.Finalized));
    }

    private static SimulatedChain Chain()
    {
        var chain = new SimulatedChain();
        chain.Produce(60, 10);
        return chain;
    }
}
