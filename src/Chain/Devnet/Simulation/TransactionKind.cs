namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>The kinds of <see cref="TransactionMix"/>.</summary>
internal enum TransactionKind
{
    PlainTransfer,
    CheckedTransfer,
    InnerTransfer,
    Batch,
    Gather,
    Buy,
    Sell,
    SetAuthority,
    CloseAccount,
    Mint,
    Burn,
    Failed,
    Zero,
    SelfTransfer,
    Unrelated,
    UnknownVersion,
}

/// <summary>Picks a kind by its weight.</summary>
internal sealed class WeightedTable
{
    private readonly (TransactionKind Kind, int Upto)[] _rows;

    public WeightedTable(TransactionMix mix)
    {
        var sum = 0;
        _rows = [.. Weights(mix).Where(row => row.Weight > 0).Select(row => (row.Kind, sum += row.Weight))];
    }

    public TransactionKind Pick(Random chance)
    {
        if (_rows.Length == 0)
        {
            return TransactionKind.Unrelated;
        }

        var at = chance.Next(_rows[^1].Upto);
        return Array.Find(_rows, row => at < row.Upto).Kind;
    }

    private static IEnumerable<(TransactionKind Kind, int Weight)> Weights(TransactionMix mix) =>
    [
        (TransactionKind.PlainTransfer, mix.PlainTransfer),
        (TransactionKind.CheckedTransfer, mix.CheckedTransfer),
        (TransactionKind.InnerTransfer, mix.InnerTransfer),
        (TransactionKind.Batch, mix.Batch),
        (TransactionKind.Gather, mix.Gather),
        (TransactionKind.Buy, mix.Buy),
        (TransactionKind.Sell, mix.Sell),
        (TransactionKind.SetAuthority, mix.SetAuthority),
        (TransactionKind.CloseAccount, mix.CloseAccount),
        (TransactionKind.Mint, mix.Mint),
        (TransactionKind.Burn, mix.Burn),
        (TransactionKind.Failed, mix.Failed),
        (TransactionKind.Zero, mix.Zero),
        (TransactionKind.SelfTransfer, mix.SelfTransfer),
        (TransactionKind.Unrelated, mix.Unrelated),
        (TransactionKind.UnknownVersion, mix.UnknownVersion),
    ];
}
