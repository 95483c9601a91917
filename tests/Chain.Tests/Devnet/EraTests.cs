using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class EraTests
{
    private const ulong Era = 400;

    [Fact]
    public void Every_process_sees_the_same_chain_whenever_it_began()
    {
        var early = Chain();
        for (var slot = (5 * Era) + 100; slot < (7 * Era) + 250; slot += 3)
        {
            early.AdvanceTo(slot);
        }

        var late = Chain();
        late.AdvanceTo(early.Store.Tip.Slot);
        var first = late.Store[0].Slot;
        Assert.Equal(6 * Era, first);
        Assert.Equal(Seen(early).Where(block => block.Slot >= first), Seen(late));
        Assert.Equal(early.Ledger.Balances.OrderBy(owner => owner.Key), late.Ledger.Balances.OrderBy(owner => owner.Key));
    }

    [Fact]
    public void Each_era_ends_with_the_balances_that_it_began_with()
    {
        var chain = Chain();
        chain.AdvanceTo((9 * Era) - 1);
        var before = chain.LedgerAt(Commitment.Processed).Balances;
        chain.AdvanceTo((10 * Era) - 1);
        Assert.Equal(before.OrderBy(owner => owner.Key), chain.LedgerAt(Commitment.Processed).Balances.OrderBy(owner => owner.Key));
        Assert.True(chain.Store.Tip.Transactions.Count + chain.Store[chain.Store.Count - 100].Transactions.Count > 0);
    }

    [Fact]
    public void Whoever_stopped_long_ago_reads_the_rest_of_that_era_and_finds_the_next_block_joined_to_it()
    {
        var before = Chain();
        before.AdvanceTo((20 * Era) + 150);
        var cursor = before.Store.Tip;

        var chain = Chain();
        chain.AdvanceTo((5_000 * Era) + 10);
        var slots = chain.View().Blocks(cursor.Slot + 1, cursor.Slot + 400_000, Commitment.Finalized);

        Assert.InRange(slots.Count, 1, (int)Era);
        Assert.Equal(cursor.Link.Hash, chain.Store.Find(cursor.Slot)!.Link.Hash);
        Assert.Empty(chain.View().Blocks(slots[^1] + 1, 4_998 * Era, Commitment.Finalized));
        var next = chain.Store.Find(4_999 * Era)!;
        Assert.Equal(slots[^1], next.Parent.Slot);
        Assert.Equal(chain.Store.Find(slots[^1])!.Link.Hash, next.Parent.Hash);
    }

    [Fact]
    public void Whoever_begins_at_the_first_slot_can_rebuild_all_balances()
    {
        var chain = Chain();
        chain.AdvanceTo((50 * Era) + 200);
        Assert.NotEmpty(chain.View().Blocks(0, Era, Commitment.Finalized));
        var balances = new Dictionary<string, Int128>();
        foreach (var movement in chain.LedgerAt(Commitment.Processed).Entries.SelectMany(entry => entry.Movements))
        {
            Add(movement.Sender, -(Int128)movement.Amount);
            Add(movement.Recipient, movement.Amount);
        }

        Assert.Equal(
            chain.LedgerAt(Commitment.Processed).Balances.Select(owner => (owner.Key, (Int128)owner.Value)).Order(),
            balances.Where(owner => owner.Value != 0).Select(owner => (owner.Key, owner.Value)).Order());

        void Add(string? owner, Int128 amount) => balances[owner ?? ""] = owner is null ? 0 : balances.GetValueOrDefault(owner) + amount;
    }

    [Fact]
    public void Old_eras_are_forgotten()
    {
        var chain = new SimulatedChain(new SimulatedChainOptions { KeptBlocks = 1_000 }, new EraOptions((int)Era));
        for (var era = 1ul; era < 30; era++)
        {
            chain.AdvanceTo(era * Era);
            Assert.InRange(chain.Store.Count, 1, 1_400);
        }
    }

    [Fact]
    public void A_chain_that_lives_by_the_clock_is_not_made_by_hand()
    {
        Assert.Throws<InvalidOperationException>(() => Chain().Produce(1));
        Assert.Throws<InvalidOperationException>(() => Chain().Fork(1));
        Assert.Throws<InvalidOperationException>(() => new SimulatedChain().AdvanceTo(5_000));
    }

    private static SimulatedChain Chain() => new(new SimulatedChainOptions(), new EraOptions((int)Era, TransactionsPerSecond: 8));

    private static IEnumerable<(ulong Slot, string Hash, int Transactions, string? Last)> Seen(SimulatedChain chain) => Enumerable.Range(0, chain.Store.Count)
        .Select(index => chain.Store[index])
        .Select(block => (block.Slot, block.Link.Hash, block.Transactions.Count, block.Transactions is [.., var last] ? last.Signature : null));
}
