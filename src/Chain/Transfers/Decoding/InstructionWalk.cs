namespace WildNOut.Chain.Transfers.Decoding;

/// <summary>
/// Flows out of instructions: they are carried out on the balances before, and tell the truth when each owner ends where the chain says it does.
/// What instructions leave out, a fee or the amount of collected fees, is what their account has too much or lacks in the end.
/// </summary>
internal sealed class InstructionWalk
{
    private readonly Dictionary<string, Holding> _holdings = new(StringComparer.Ordinal);
    private readonly List<Step> _steps = [];

    private InstructionWalk(IReadOnlyList<AccountChange> accounts)
    {
        foreach (var account in accounts)
        {
            _holdings[account.Address] = new Holding(account.OwnerBefore ?? account.OwnerAfter!, account.Before, account.After);
        }
    }

    /// <summary>The flows in the order of the instructions; null when the instructions do not explain the balances.</summary>
    public static List<Flow>? Follow(TokenTransaction transaction)
    {
        var walk = new InstructionWalk(transaction.Accounts);
        if (!transaction.Instructions.All(walk.Do))
        {
            return null;
        }

        foreach (var holding in walk._holdings.Values)
        {
            holding.FillIn();
        }

        List<Flow> flows = [.. walk._steps.Where(step => !step.IsEmpty).Select(step => step.ToFlow())];
        return Explain(flows, transaction.Changes) ? flows : null;
    }

    private static bool Explain(List<Flow> flows, IEnumerable<KeyValuePair<string, Int128>> changes)
    {
        var left = new Dictionary<string, Int128>(changes, StringComparer.Ordinal);
        foreach (var flow in flows)
        {
            Add(flow.Sender, (Int128)flow.Amount + flow.Fee);
            Add(flow.Recipient, -(Int128)flow.Amount);
        }

        return left.Values.All(change => change == 0);

        void Add(string? owner, Int128 amount)
        {
            if (owner is not null)
            {
                left[owner] = left.GetValueOrDefault(owner) + amount;
            }
        }
    }

    /// <summary>Carries an instruction out; false when it cannot be, so that the walk means nothing.</summary>
    private bool Do(TokenInstruction instruction)
    {
        var from = Find(instruction.From);
        var to = Find(instruction.To);
        if (instruction.Action == TokenAction.Open)
        {
            return Open(instruction, to);
        }

        if (from is null && to is null && !instruction.OfMint)
        {
            return true; // about another token
        }

        var found = (from is not null || instruction.From is null) && (to is not null || instruction.To is null);
        return found && instruction.Action switch
        {
            TokenAction.HandOver => HandOver(from, instruction.Owner),
            TokenAction.CollectFees => CollectFees(to),
            _ => Move(from, to, instruction.Amount, from == to ? 0 : instruction.Fee),
        };
    }

    private bool Open(TokenInstruction instruction, Holding? known)
    {
        if (instruction is not { OfMint: true, To: { } address, Owner: { } owner })
        {
            return false;
        }

        if (known is null)
        {
            _holdings[address] = new Holding(owner, 0, 0); // closed again before the end, or it would have a balance after
        }
        else
        {
            known.Owner = owner;
        }

        return true;
    }

    private bool HandOver(Holding? holding, string? owner)
    {
        if (holding is null || owner is null || holding.Balance < 0 || holding.Balance > ulong.MaxValue)
        {
            return false;
        }

        if (holding.Owner != owner && holding.Balance > 0)
        {
            _steps.Add(new Step(holding.Owner, owner, (ulong)holding.Balance, 0));
        }

        holding.Owner = owner;
        return true;
    }

    private bool CollectFees(Holding? to)
    {
        if (to is null)
        {
            return false;
        }

        to.Collection ??= Add(new Step(null, to.Owner, 0, 0) { CollectsFees = true });
        return true;
    }

    private bool Move(Holding? from, Holding? to, ulong? amount, ulong? fee)
    {
        if (amount is not { } known || fee > known || (from is null && to is null))
        {
            return false;
        }

        from?.Balance -= known;
        to?.Balance += known - (fee ?? 0);
        var step = Add(new Step(from?.Owner, to?.Owner, known, fee));
        if (fee is null)
        {
            to?.FeesNotTold.Add(step);
        }

        return true;
    }

    private Step Add(Step step)
    {
        _steps.Add(step);
        return step;
    }

    private Holding? Find(string? address) => address is null ? null : _holdings.GetValueOrDefault(address);

    /// <summary>A movement in the making.</summary>
    private sealed class Step(string? sender, string? recipient, ulong amount, ulong? fee)
    {
        /// <summary>What leaves the sender.</summary>
        public ulong Amount { get; set; } = amount;

        public ulong? Fee { get; set; } = fee;

        public bool CollectsFees { get; init; }

        public bool IsEmpty => CollectsFees && Amount == 0;

        public Flow ToFlow() => new(sender, recipient, Amount - (Fee ?? 0), Fee ?? 0);
    }

    /// <summary>A token account on the way.</summary>
    private sealed class Holding(string owner, ulong before, ulong after)
    {
        public string Owner { get; set; } = owner;

        public Int128 Balance { get; set; } = before;

        /// <summary>Transfers to it that may have cost a fee.</summary>
        public List<Step> FeesNotTold { get; } = [];

        /// <summary>The first collection of fees to it.</summary>
        public Step? Collection { get; set; }

        /// <summary>Explains a wrong end by what the instructions left out.</summary>
        public void FillIn()
        {
            var surplus = Balance - after;
            if (surplus < 0 && surplus >= -(Int128)ulong.MaxValue)
            {
                Collection?.Amount = (ulong)-surplus;
            }

            var total = FeesNotTold.Aggregate((Int128)0, (sum, step) => sum + step.Amount);
            if (surplus <= 0 || surplus > total || total > ulong.MaxValue)
            {
                return;
            }

            var fees = new Apportionment((ulong)surplus, (ulong)total);
            foreach (var step in FeesNotTold)
            {
                step.Fee = fees.Next(step.Amount);
            }
        }
    }
}
