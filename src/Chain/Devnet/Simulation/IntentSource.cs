namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>
/// Thinks up transactions of every kind that can be done as things stand. With a transfer fee no account receives twice in one transaction: nothing in it
/// would say how much was withheld of which.
/// </summary>
internal sealed class IntentSource(SimulatedChainOptions options, WalletBook book)
{
    /// <summary>The least that is worth moving: enough for a transfer fee to leave something.</summary>
    private const ulong Least = 100;

    private readonly WeightedTable _kinds = new(options.Mix);

    public TransactionIntent Next(Random chance, TokenLedger ledger, string signature)
    {
        var kind = _kinds.Pick(chance);
        var plan = PlanOf(kind, new Picker(chance, ledger, book), chance, ledger) ?? Unrelated(chance);
        var version = kind == TransactionKind.UnknownVersion ? 2 : Version(chance);
        return new TransactionIntent(signature, plan.Payer, version, kind == TransactionKind.Failed, chance.Next(3) == 0, plan.Steps);
    }

    /// <summary>A transaction that does not touch the mint: it always lands.</summary>
    public TransactionIntent Unrelated(Random chance, string signature)
    {
        var plan = Unrelated(chance);
        return new TransactionIntent(signature, plan.Payer, Version(chance), Fails: false, Budgeted: false, plan.Steps);
    }

    private static int Version(Random chance) => chance.Next(10) switch
    {
        < 4 => TransactionIntent.Legacy,
        < 8 => 0,
        _ => 1,
    };

    private Plan? PlanOf(TransactionKind kind, Picker pick, Random chance, TokenLedger ledger) => kind switch
    {
        TransactionKind.PlainTransfer => Transfer(pick, chance, named: options.TransferFee > 0),
        TransactionKind.CheckedTransfer or TransactionKind.UnknownVersion => Transfer(pick, chance, named: true),
        TransactionKind.Failed => Transfer(pick, chance, named: true, create: false),
        TransactionKind.Zero => Transfer(pick, chance, named: options.TransferFee > 0, nothing: true),
        TransactionKind.InnerTransfer => Inner(pick, chance),
        TransactionKind.Batch => Several(pick, chance),
        TransactionKind.Gather => Gather(pick, chance),
        TransactionKind.Buy => Buy(pick, chance, ledger),
        TransactionKind.Sell => Sell(pick, chance),
        TransactionKind.SetAuthority => Give(pick, chance),
        TransactionKind.CloseAccount => Close(pick),
        TransactionKind.Mint => MintTokens(pick, chance, ledger),
        TransactionKind.Burn => BurnTokens(pick, chance),
        TransactionKind.SelfTransfer => Self(pick, chance),
        _ => null,
    };

    private static Plan? Transfer(Picker pick, Random chance, bool named, bool create = true, bool nothing = false)
    {
        if (pick.Funded(Least) is not { } source)
        {
            return null;
        }

        var amount = nothing ? 0 : Part(chance, source.Amount);
        var (address, owner, exists) = pick.Slot();
        if (exists is null && create)
        {
            return new Plan(source.Owner, [new Direct(new CreateAccount(address, owner, source.Owner)), new Direct(new Transfer(source.Address, address, amount, source.Owner, named))]);
        }

        return (exists ?? pick.Existing()) is { } destination
            ? new Plan(source.Owner, [new Direct(new Transfer(source.Address, destination.Address, amount, source.Owner, named))])
            : null;
    }

    private Plan? Inner(Picker pick, Random chance) =>
        pick.Funded(Least) is { } source && pick.Existing() is { } destination
            ? new Plan(source.Owner, [new ProgramCall(Programs.Router, source.Owner, [Pay(source, destination, Part(chance, source.Amount))])])
            : null;

    private Plan? Several(Picker pick, Random chance)
    {
        if (pick.Funded(Least * 10) is not { } source)
        {
            return null;
        }

        var operations = new List<TokenOperation>();
        var recipients = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 2 + chance.Next(3); i > 0; i--)
        {
            if (pick.Existing() is { } destination && (recipients.Add(destination.Address) || options.TransferFee == 0))
            {
                operations.Add(Pay(source, destination, Part(chance, source.Amount / 4), options.TransferFee > 0 || chance.Next(2) == 0));
            }
        }

        return operations.Count > 0 ? new Plan(source.Owner, [new Batch(operations)]) : null;
    }

    private Plan? Gather(Picker pick, Random chance) =>
        options.TransferFee == 0 && pick.Funded(Least) is { } first && pick.Funded(Least) is { } second && first.Owner != second.Owner && pick.Existing() is { } destination
            ? new Plan(first.Owner, [new Direct(Pay(first, destination, Part(chance, first.Amount))), new Direct(Pay(second, destination, Part(chance, second.Amount)))])
            : null;

    private Plan? Buy(Picker pick, Random chance, TokenLedger ledger)
    {
        var pool = book.Pools[chance.Next(book.Pools.Count)];
        if (ledger.Find(pool.Vault) is not { } vault || vault.Amount < Least * 1_000 || pick.Existing() is not { } taker)
        {
            return null;
        }

        var sol = Sol(chance, taker.Owner, pool, buys: true);
        return new Plan(taker.Owner, [new ProgramCall(pool.Program, taker.Owner, [sol, Pay(vault, taker, Part(chance, vault.Amount / 100))])]);
    }

    private Plan? Sell(Picker pick, Random chance)
    {
        var pool = book.Pools[chance.Next(book.Pools.Count)];
        if (pick.Funded(Least * 10) is not { } giver)
        {
            return null;
        }

        var vault = new SimulatedAccount(pool.Vault, pool.Owner, 0);
        var operations = new List<TokenOperation> { Pay(giver, vault, Part(chance, giver.Amount)), Sol(chance, giver.Owner, pool, buys: false) };
        if (chance.Next(5) == 0 && pick.Existing() is { } referrer)
        {
            operations.Add(Pay(giver, referrer, Least));
        }

        return new Plan(giver.Owner, [new ProgramCall(pool.Program, giver.Owner, operations)]);
    }

    private Plan? Give(Picker pick, Random chance)
    {
        var owner = book.Wallets[chance.Next(book.Wallets.Count)].Owner;
        return pick.Existing() is { } account && account.Owner != owner ? new Plan(account.Owner, [new Direct(new SetOwner(account.Address, account.Owner, owner))]) : null;
    }

    private Plan? Close(Picker pick)
    {
        if (pick.Existing() is not { Withheld: 0 } account || pick.Existing() is not { } heir || heir.Address == account.Address)
        {
            return null;
        }

        var close = new Direct(new CloseAccount(account.Address, account.Owner));
        return account.Amount switch
        {
            0 => new Plan(account.Owner, [close]),
            < Least => null,
            var all => new Plan(account.Owner, [new Direct(Pay(account, heir, all)), close]),
        };
    }

    private Plan? MintTokens(Picker pick, Random chance, TokenLedger ledger) =>
        pick.Existing() is { } account && ledger.Supply < options.Supply + (ulong.MaxValue - options.Supply) / 2
            ? new Plan(book.MintAuthority, [new Direct(new MintTo(account.Address, 1 + Part(chance, options.Supply / 100_000)))])
            : null;

    private static Plan? BurnTokens(Picker pick, Random chance) =>
        pick.Funded(Least) is { } account ? new Plan(account.Owner, [new Direct(new Burn(account.Address, Part(chance, account.Amount), account.Owner))]) : null;

    private Plan? Self(Picker pick, Random chance)
    {
        if (pick.Funded(Least) is not { } account)
        {
            return null;
        }

        var own = pick.AnotherOf(account) ?? account;
        return new Plan(account.Owner, [new Direct(Pay(account, own, Part(chance, account.Amount), chance.Next(2) == 0))]);
    }

    private Plan Unrelated(Random chance)
    {
        var from = book.Wallets[chance.Next(book.Wallets.Count)].Owner;
        var to = book.Wallets[chance.Next(book.Wallets.Count)].Owner;
        var pool = book.Pools[chance.Next(book.Pools.Count)];
        return chance.Next(2) == 0
            ? new Plan(from, [new Direct(new LamportTransfer(from, to, (ulong)chance.Next(1, 1_000_000)))])
            : new Plan(from, [new ProgramCall(pool.Program, from, [Sol(chance, from, pool, buys: true)])]);
    }

    private Transfer Pay(SimulatedAccount source, SimulatedAccount destination, ulong amount, bool named = true) =>
        new(source.Address, destination.Address, amount, source.Owner, named || options.TransferFee > 0);

    private SolTransfer Sol(Random chance, string owner, PoolKeys pool, bool buys)
    {
        var amount = (ulong)chance.NextInt64(1_000_000, 5_000_000_000);
        var own = new TokenSide(book.SolAccount(owner), owner, amount + (ulong)chance.NextInt64(1, 10_000_000_000));
        var vault = new TokenSide(pool.SolVault, pool.Owner, amount + (ulong)chance.NextInt64(1, 10_000_000_000_000));
        return buys ? new SolTransfer(own, vault, amount) : new SolTransfer(vault, own, amount);
    }

    /// <summary>Mostly small parts, now and then a few percent; at least <see cref="Least"/>.</summary>
    private static ulong Part(Random chance, ulong amount) => Math.Min(amount, Math.Max(Least, (ulong)(amount * Math.Pow(10, -5 + (3.7 * chance.NextDouble())))));

    private sealed record Plan(string Payer, IReadOnlyList<Step> Steps);
}
