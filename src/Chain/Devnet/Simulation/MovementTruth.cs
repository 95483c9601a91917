using WildNOut.Actors.Token;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>
/// The movements of a transaction, from what each owner has more or less. No transaction of a simulated chain has several givers and several takers
/// at once, so that there is one truth; where there are several movements, they stand in the order in which their owners' accounts come up.
/// </summary>
internal static class MovementTruth
{
    public static IReadOnlyList<Movement> Of(string signature, IReadOnlyList<AccountChange> changes, WalletBook book)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        var owners = Owners(changes);
        var givers = owners.FindAll(owner => owner.Change < 0);
        var takers = owners.FindAll(owner => owner.Change > 0);
        if (givers.Count > 1 && takers.Count > 1)
        {
            throw new InvalidOperationException($"{signature} has several givers and several takers.");
        }

        var movements = new List<Movement>(1);
        if (givers.Count > 1)
        {
            givers.ForEach(giver => Add(giver.Owner, takers.FirstOrDefault()?.Owner, -giver.Change, 0));
        }
        else
        {
            var giver = givers.FirstOrDefault();
            takers.ForEach(taker => Add(giver?.Owner, taker.Owner, taker.Change, taker.Withheld));
            var burnt = -(giver?.Change ?? 0) - takers.Sum(taker => taker.Change + taker.Withheld);
            if (giver is not null && burnt > 0)
            {
                Add(giver.Owner, null, burnt, 0);
            }
        }

        return movements;

        void Add(string? sender, string? recipient, Int128 amount, Int128 fee) =>
            movements.Add(new Movement(signature, movements.Count, Kind(sender, recipient, book), sender, recipient, (ulong)amount, (ulong)fee));
    }

    private static MovementKind Kind(string? sender, string? recipient, WalletBook book) => (sender, recipient) switch
    {
        (null, _) => MovementKind.Mint,
        (_, null) => MovementKind.Burn,
        _ when book.IsPool(sender) => MovementKind.Buy,
        _ when book.IsPool(recipient) => MovementKind.Sell,
        _ => MovementKind.Transfer,
    };

    private static List<OwnerChange> Owners(IReadOnlyList<AccountChange> changes)
    {
        var owners = new List<OwnerChange>(2);
        foreach (var change in changes)
        {
            Add(owners, change.Before, -1, 0);
            Add(owners, change.After, 1, (Int128)(change.After?.Withheld ?? 0) - (change.Before?.Withheld ?? 0));
        }

        return owners;
    }

    private static void Add(List<OwnerChange> owners, SimulatedAccount? account, int sign, Int128 withheld)
    {
        if (account is null)
        {
            return;
        }

        var owner = owners.Find(known => known.Owner == account.Owner);
        if (owner is null)
        {
            owners.Add(owner = new OwnerChange(account.Owner));
        }

        owner.Change += sign * (Int128)account.Amount;
        owner.Withheld += withheld;
    }

    private static Int128 Sum(this List<OwnerChange> owners, Func<OwnerChange, Int128> value)
    {
        Int128 sum = 0;
        owners.ForEach(owner => sum += value(owner));
        return sum;
    }

    private sealed class OwnerChange(string owner)
    {
        public string Owner { get; } = owner;

        public Int128 Change { get; set; }

        public Int128 Withheld { get; set; }
    }
}
