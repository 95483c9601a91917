namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>The transactions that mint the supply to everybody, so that all balances can be rebuilt from the chain alone.</summary>
internal static class GenesisPlan
{
    /// <summary>A pool's share of the supply in percent.</summary>
    private const ulong PoolShare = 15;

    /// <summary>What the demo wallets get, in billionths of the supply.</summary>
    private static readonly ulong[] DemoShares = [250_000, 25_000, 2_500, 25, 0];

    public static IReadOnlyList<TransactionIntent> Of(SimulatedChainOptions options, WalletBook book)
    {
        var chance = DevnetKeys.Chance(options.Seed, 0, 0);
        var intents = new List<TransactionIntent>();
        var left = options.Supply;
        foreach (var pool in book.Pools)
        {
            Mint(pool.Vault, pool.Owner, options.Supply / 100 * PoolShare);
        }

        for (var number = 0; number < book.Wallets.Count; number++)
        {
            var wallet = book.Wallets[number];
            var accounts = 1 + chance.Next(wallet.Accounts.Count);
            for (var account = 0; account < accounts; account++)
            {
                Mint(wallet.Accounts[account], wallet.Owner, Share(options.Supply, number, chance) / (ulong)accounts);
            }
        }

        Mint(book.Treasury.Accounts[0], book.Treasury.Owner, left);
        return intents;

        void Mint(string account, string owner, ulong amount)
        {
            amount = Math.Min(amount, left);
            left -= amount;
            var create = new Direct(new CreateAccount(account, owner, book.MintAuthority));
            IReadOnlyList<Step> steps = amount == 0 ? [create] : [create, new Direct(new MintTo(account, amount))];
            var signature = DevnetKeys.Signature(options.Seed, 0, 0, intents.Count);
            intents.Add(new TransactionIntent(signature, book.MintAuthority, TransactionIntent.Legacy, Fails: false, Budgeted: false, steps));
        }
    }

    private static ulong Share(ulong supply, int number, Random chance) => number < DemoShares.Length
        ? (ulong)((UInt128)supply * DemoShares[number] / 1_000_000_000)
        : (ulong)(supply * Math.Pow(10, -8 + (5.3 * chance.NextDouble())));
}
