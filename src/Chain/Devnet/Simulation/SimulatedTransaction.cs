using WildNOut.Actors.Token;

namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>A transaction that landed.</summary>
/// <param name="Intent">What was signed.</param>
/// <param name="Slot">Where it landed.</param>
/// <param name="Position">Its place within the block, from 0.</param>
/// <param name="Time">The time of the block, Unix seconds; null where unknown.</param>
/// <param name="RecentHash">The hash of a block shortly before.</param>
/// <param name="Keys">The accounts it names, in the order of the message.</param>
/// <param name="Changes">The token accounts of the mint among them.</param>
/// <param name="Movements">What moved, one for each transfer, mint, burn and hand-over of an account with tokens.</param>
internal sealed record SimulatedTransaction(
    TransactionIntent Intent,
    ulong Slot,
    int Position,
    long? Time,
    string RecentHash,
    IReadOnlyList<AccountKey> Keys,
    IReadOnlyList<AccountChange> Changes,
    IReadOnlyList<Movement> Movements)
{
    public string Signature => Intent.Signature;

    /// <summary>The owner of a token account as the transaction left it.</summary>
    public string OwnerOf(string account)
    {
        var change = ChangeOf(account)!;
        return (change.After ?? change.Before)!.Owner;
    }

    /// <summary>What became of a token account of the mint; null when it is none.</summary>
    public AccountChange? ChangeOf(string account)
    {
        foreach (var change in Changes)
        {
            if (change.Address == account)
            {
                return change;
            }
        }

        return null;
    }
}

/// <summary>A token account before and after a transaction; null where it did not exist.</summary>
internal sealed record AccountChange(string Address, SimulatedAccount? Before, SimulatedAccount? After);

/// <summary>An account that a transaction names.</summary>
internal readonly record struct AccountKey(string Address, bool Signer, bool Writable, bool FromTable);
