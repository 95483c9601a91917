namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>Flows out of balances alone: owners that gained are paired with owners that lost, both in the order of their accounts.</summary>
internal static class BalancePairing
{
    /// <summary>The flows: for each owner they add up to its change.</summary>
    public static List<Flow> Pair(TokenTransaction transaction)
    {
        var givers = new Givers(transaction.Changes.Where(pair => pair.Value < 0).Select(pair => (pair.Key, (ulong)-pair.Value)));
        var takers = transaction.Changes.Where(pair => pair.Value > 0).Select(pair => (Owner: pair.Key, Amount: (ulong)pair.Value)).ToList();
        var taken = takers.Aggregate(0UL, (sum, taker) => sum + taker.Amount);
        var fees = new Apportionment(taken > 0 && givers.Left > taken && MayBeFee(transaction) ? givers.Left - taken : 0, taken);
        List<Flow> flows = [];
        foreach (var (owner, amount) in takers)
        {
            Fill(owner, amount, fees.Next(amount), givers, flows);
        }

        while (givers.Give(ulong.MaxValue) is { } rest)
        {
            flows.Add(new Flow(rest.Owner, null, rest.Amount, 0));
        }

        return flows;
    }

    private static void Fill(string taker, ulong amount, ulong fee, Givers givers, List<Flow> flows)
    {
        var open = amount + fee;
        var fees = new Apportionment(fee, open);
        while (open > 0 && givers.Give(open) is { } part)
        {
            var withheld = fees.Next(part.Amount);
            flows.Add(new Flow(part.Owner, taker, part.Amount - withheld, withheld));
            open -= part.Amount;
        }

        if (open > 0)
        {
            flows.Add(new Flow(null, taker, open, 0));
        }
    }

    private static bool MayBeFee(TokenTransaction transaction) =>
        transaction.Accounts.Any(account => account.Token2022) && transaction.Instructions.All(instruction => instruction.Action != TokenAction.Burn);

    /// <summary>Owners that lost, one after the other.</summary>
    private sealed class Givers(IEnumerable<(string Owner, ulong Amount)> givers)
    {
        private readonly Queue<(string Owner, ulong Amount)> _waiting = new(givers);
        private (string Owner, ulong Amount) _current;

        /// <summary>What is left of all of them.</summary>
        public ulong Left => _waiting.Aggregate(_current.Amount, (sum, giver) => sum + giver.Amount);

        /// <summary>At most so much from the owner whose turn it is; null when nothing is left.</summary>
        public (string Owner, ulong Amount)? Give(ulong most)
        {
            if (_current.Amount == 0 && !_waiting.TryDequeue(out _current))
            {
                return null;
            }

            var part = Math.Min(most, _current.Amount);
            _current.Amount -= part;
            return (_current.Owner, part);
        }
    }
}
