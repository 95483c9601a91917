using WildNOut.Actors.Token;
using WildNOut.Chain.Devnet.Simulation;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>Compares a feed with what the chain truly holds.</summary>
internal static class FeedVerdict
{
    /// <summary>The same transactions in the same order, each with the same movements, and so the same balances.</summary>
    public static void EqualsTheChain(ChainLedger ledger, IReadOnlyList<(ulong Slot, Movement Movement)> standing)
    {
        Assert.True(standing.Count > 1_000);
        Assert.Equal(
            ledger.Entries.Select(entry => (entry.Slot, entry.Signature)),
            standing.Select(line => (line.Slot, line.Movement.Signature)).Distinct());
        Assert.Equal(
            ledger.Entries.SelectMany(entry => entry.Movements).Select(Key).Order(StringComparer.Ordinal), standing.Select(line => Key(line.Movement)).Order(StringComparer.Ordinal));
        var balances = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (_, movement) in standing)
        {
            Add(movement.Sender, -(decimal)movement.Amount - movement.Fee);
            Add(movement.Recipient, movement.Amount);
        }

        Assert.Equal(
            ledger.Balances.Select(pair => (pair.Key, (decimal)pair.Value)).Order(), balances.Where(pair => pair.Value != 0).Select(pair => (pair.Key, pair.Value)).Order());

        void Add(string? owner, decimal amount)
        {
            if (owner is not null)
            {
                balances[owner] = balances.GetValueOrDefault(owner) + amount;
            }
        }
    }

    /// <summary>The order within a transaction is the decoder's, so movements are compared by what they say.</summary>
    private static string Key(Movement movement) => $"{movement.Signature} {movement.Kind} {movement.Sender} {movement.Recipient} {movement.Amount} {movement.Fee}";
}
