namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>Picks token accounts at random as things stand.</summary>
internal readonly struct Picker(Random chance, TokenLedger ledger, WalletBook book)
{
    private const int Attempts = 8;

    /// <summary>The place of a token account, whether or not there is one.</summary>
    public (string Address, string Owner, SimulatedAccount? Account) Slot()
    {
        var holder = book.Wallets[chance.Next(book.Wallets.Count)];
        var address = holder.Accounts[chance.Next(chance.Next(holder.Accounts.Count) + 1)];
        return (address, holder.Owner, ledger.Find(address));
    }

    /// <summary>An account that exists; null when luck was bad.</summary>
    public SimulatedAccount? Existing() => Funded(0);

    /// <summary>An account that holds at least so much.</summary>
    public SimulatedAccount? Funded(ulong least)
    {
        for (var i = 0; i < Attempts; i++)
        {
            if (Slot().Account is { } account && account.Amount >= least)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>Another account of the same owner.</summary>
    public SimulatedAccount? AnotherOf(SimulatedAccount account)
    {
        foreach (var holder in book.Wallets)
        {
            if (holder.Owner == account.Owner)
            {
                foreach (var address in holder.Accounts)
                {
                    if (address != account.Address && ledger.Find(address) is { } other && other.Owner == account.Owner)
                    {
                        return other;
                    }
                }
            }
        }

        return null;
    }
}
