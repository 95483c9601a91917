using CsCheck;
using WildNOut.Actors.Token;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Tests.Devnet;

public sealed class LedgerTests
{
    private static readonly Gen<(ulong Seed, int Fee, bool Forks)> Chains = Gen.Select(Gen.ULong, Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(250)), Gen.Bool);

    [Fact]
    public void Balances_and_withheld_fees_are_the_supply_whatever_happens() => Chains.Sample(
        given =>
        {
            foreach (var commitment in Enum.GetValues<Commitment>())
            {
                var ledger = Busy(given).LedgerAt(commitment);
                Assert.Equal(ledger.Supply, Sum(ledger.Balances.Values) + ledger.Withheld);
            }
        },
        iter: 12);

    [Fact]
    public void Movements_rebuild_the_balances() => Chains.Sample(
        given =>
        {
            var chain = Busy(given);
            chain.FinalizeAll();
            Assert.Equal(chain.Ledger.Balances.OrderBy(owner => owner.Key), Rebuilt(chain.Ledger).OrderBy(owner => owner.Key));
            Assert.Equal(chain.Ledger.Entries.Count, chain.Ledger.Entries.Select(entry => entry.Signature).Distinct().Count());
        },
        iter: 12);

    [Fact]
    public void Equal_options_and_calls_make_equal_chains() => Chains.Sample(
        given =>
        {
            var (one, other) = (Busy(given), Busy(given));
            Assert.Equal(one.Store.Tip.Link, other.Store.Tip.Link);
            Assert.Equal(one.Ledger.Entries.SelectMany(entry => entry.Movements), other.Ledger.Entries.SelectMany(entry => entry.Movements));
        },
        iter: 4);

    [Fact]
    public void Movements_are_of_every_kind_and_fees_are_told()
    {
        var chain = Busy((5, 100, false));
        chain.FinalizeAll();
        var movements = chain.Ledger.Entries.SelectMany(entry => entry.Movements).ToList();
        Assert.Equal(Enum.GetValues<MovementKind>(), movements.Select(movement => movement.Kind).Distinct().Order());
        Assert.Contains(movements, movement => movement.Fee > 0);
        Assert.Contains(movements, movement => movement.Amount == 0);
        Assert.Contains(movements, movement => movement.Sender == movement.Recipient);
    }

    [Fact]
    public void The_demo_wallets_begin_with_one_holder_tier_each()
    {
        var chain = new SimulatedChain();
        chain.FinalizeAll();
        var balances = WildNOut.Chain.Devnet.DevnetWallets.Demo.Select(wallet => chain.Ledger.Balances.GetValueOrDefault(wallet.Address) / 1_000_000);
        foreach (var (balance, share) in balances.Zip([250_000ul, 25_000ul, 2_500ul, 25ul, 0ul]))
        {
            // A share that does not divide by the number of accounts loses the rest.
            Assert.InRange(balance, share - Math.Min(share, 1), share);
        }

        Assert.Equal(chain.Options.Supply, chain.Ledger.Supply);
    }

    [Fact]
    public void A_supply_of_all_that_64_bits_can_count_stays_exact()
    {
        var chain = new SimulatedChain(new SimulatedChainOptions { Supply = ulong.MaxValue - 1_000 });
        chain.Produce(60, 40);
        chain.FinalizeAll();
        Assert.Equal(chain.Ledger.Supply, Sum(chain.Ledger.Balances.Values));
    }

    private static SimulatedChain Busy((ulong Seed, int Fee, bool Forks) given)
    {
        var chain = new SimulatedChain(new SimulatedChainOptions { Seed = given.Seed, TransferFee = given.Fee, Token2022 = given.Fee > 0, Wallets = 40 })
        {
            Forks = new ForkRate(given.Forks ? 0.1 : 0),
        };
        chain.Produce(120, 25);
        return chain;
    }

    private static Dictionary<string, ulong> Rebuilt(ChainLedger ledger)
    {
        var balances = new Dictionary<string, Int128>();
        foreach (var movement in ledger.Entries.SelectMany(entry => entry.Movements))
        {
            Add(movement.Sender, -(Int128)movement.Amount - movement.Fee);
            Add(movement.Recipient, movement.Amount);
        }

        return balances.Where(owner => owner.Value != 0).ToDictionary(owner => owner.Key, owner => (ulong)owner.Value);

        void Add(string? owner, Int128 amount)
        {
            if (owner is not null)
            {
                balances[owner] = balances.GetValueOrDefault(owner) + amount;
            }
        }
    }

    private static ulong Sum(IEnumerable<ulong> amounts) => amounts.Aggregate(0ul, (sum, amount) => checked(sum + amount));
}
