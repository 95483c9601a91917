namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>The transaction that takes back another, in the same shape.</summary>
internal static class Undo
{
    public static TransactionIntent Of(SimulatedTransaction done, string signature)
    {
        var intent = done.Intent;
        if (done.Changes.Count == 0 || intent.Fails)
        {
            return intent with { Signature = signature };
        }

        var steps = intent.Steps.Reverse().Select(step => Of(step, done)).ToList();
        return intent with { Signature = signature, Payer = Payer(steps[0]) ?? intent.Payer, Steps = steps };
    }

    private static Step Of(Step step, SimulatedTransaction done) => step switch
    {
        Direct direct => new Direct(Of(direct.Operation, done)),
        Batch batch => new Batch([.. batch.Operations.Reverse().Select(operation => Of(operation, done))]),
        ProgramCall call => call with { Operations = [.. call.Operations.Reverse().Select(operation => Of(operation, done))] },
        _ => throw new NotSupportedException(step.GetType().Name),
    };

    private static TokenOperation Of(TokenOperation operation, SimulatedTransaction done) => operation switch
    {
        Transfer transfer => new Transfer(transfer.Destination, transfer.Source, transfer.Amount, done.OwnerOf(transfer.Destination), transfer.Checked),
        MintTo mint => new Burn(mint.Account, mint.Amount, done.OwnerOf(mint.Account)),
        Burn burn => new MintTo(burn.Account, burn.Amount),
        SetOwner set => new SetOwner(set.Account, set.To, set.From),
        CreateAccount create => new CloseAccount(create.Account, create.Owner),
        CloseAccount close => new CreateAccount(close.Account, close.Owner, close.Owner),
        SolTransfer sol => sol with { Source = sol.Destination, Destination = sol.Source },
        _ => operation,
    };

    /// <summary>Who signs the first thing that is done.</summary>
    private static string? Payer(Step step) => step switch
    {
        Direct { Operation: Transfer transfer } => transfer.Authority,
        Direct { Operation: Burn burn } => burn.Authority,
        Direct { Operation: SetOwner set } => set.From,
        Direct { Operation: CloseAccount close } => close.Owner,
        Direct { Operation: CreateAccount create } => create.Payer,
        Batch { Operations: [Transfer transfer, ..] } => transfer.Authority,
        _ => null,
    };
}
