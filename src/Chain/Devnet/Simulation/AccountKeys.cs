namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>
/// The accounts that a transaction names. A plain transfer names neither the mint nor the recipient's wallet: no history of theirs lists it.
/// </summary>
internal sealed class AccountKeys(WalletBook book)
{
    private const int Kinds = 6;

    public IReadOnlyList<AccountKey> Of(TransactionIntent intent)
    {
        var keys = new List<AccountKey>(12);
        Add(keys, intent.Payer, signer: true, writable: true);
        foreach (var step in intent.Steps)
        {
            AddStep(keys, step, fromTable: intent.Version >= 0 && step is ProgramCall);
        }

        if (intent.Budgeted)
        {
            Add(keys, Programs.ComputeBudget);
        }

        return InOrder(keys);
    }

    private void AddStep(List<AccountKey> keys, Step step, bool fromTable)
    {
        foreach (var operation in TransactionIntent.OperationsOf(step))
        {
            AddOperation(keys, operation, fromTable);
        }

        if (step is ProgramCall call)
        {
            Add(keys, call.Program);
        }
    }

    private void AddOperation(List<AccountKey> keys, TokenOperation operation, bool fromTable)
    {
        switch (operation)
        {
            case Transfer transfer:
                Add(keys, transfer.Source, writable: true);
                Add(keys, transfer.Destination, writable: true, fromTable: fromTable);
                AddMint(keys, transfer.Checked, fromTable);
                Add(keys, transfer.Authority, signer: !book.IsPool(transfer.Authority));
                break;
            case MintTo mint:
                Add(keys, book.Mint, writable: true);
                Add(keys, mint.Account, writable: true);
                Add(keys, book.MintAuthority, signer: true);
                break;
            case Burn burn:
                Add(keys, burn.Account, writable: true);
                Add(keys, book.Mint, writable: true);
                Add(keys, burn.Authority, signer: true);
                break;
            case SetOwner set:
                Add(keys, set.Account, writable: true);
                Add(keys, set.From, signer: true);
                break;
            case CreateAccount create:
                AddCreate(keys, create);
                break;
            case CloseAccount close:
                Add(keys, close.Account, writable: true);
                Add(keys, close.Owner, signer: true, writable: true);
                break;
            case SolTransfer sol:
                Add(keys, sol.Source.Account, writable: true, fromTable: fromTable);
                Add(keys, sol.Destination.Account, writable: true, fromTable: fromTable);
                Add(keys, sol.Source.Owner, signer: !book.IsPool(sol.Source.Owner));
                Add(keys, Programs.Token);
                return;
            case LamportTransfer lamports:
                Add(keys, lamports.Source, signer: true, writable: true);
                Add(keys, lamports.Destination, writable: true);
                Add(keys, Programs.System);
                return;
            default:
                throw new NotSupportedException(operation.GetType().Name);
        }

        Add(keys, book.TokenProgram);
    }

    private void AddMint(List<AccountKey> keys, bool named, bool fromTable)
    {
        if (named)
        {
            Add(keys, book.Mint, fromTable: fromTable);
        }
    }

    private void AddCreate(List<AccountKey> keys, CreateAccount create)
    {
        Add(keys, create.Payer, signer: true, writable: true);
        Add(keys, create.Account, writable: true);
        Add(keys, create.Owner);
        Add(keys, book.Mint);
        Add(keys, Programs.System);
        Add(keys, Programs.AssociatedToken);
    }

    private static void Add(List<AccountKey> keys, string address, bool signer = false, bool writable = false, bool fromTable = false)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Address == address)
            {
                keys[i] = new AccountKey(address, keys[i].Signer || signer, keys[i].Writable || writable, keys[i].FromTable && fromTable);
                return;
            }
        }

        keys.Add(new AccountKey(address, signer, writable, fromTable));
    }

    private static AccountKey[] InOrder(List<AccountKey> keys)
    {
        var ordered = new AccountKey[keys.Count];
        var next = 0;
        for (var kind = 0; kind < Kinds; kind++)
        {
            foreach (var key in keys)
            {
                if (Kind(key) == kind)
                {
                    ordered[next++] = key with { FromTable = kind >= 4 };
                }
            }
        }

        return ordered;
    }

    private static int Kind(AccountKey key) => key switch
    {
        { Signer: true, Writable: true } => 0,
        { Signer: true } => 1,
        { FromTable: false, Writable: true } => 2,
        { FromTable: false } => 3,
        { Writable: true } => 4,
        _ => 5,
    };
}
