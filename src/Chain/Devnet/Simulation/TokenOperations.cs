namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>One thing that a transaction does.</summary>
internal abstract record TokenOperation;

/// <summary>Moves tokens of the mint between accounts.</summary>
internal sealed record Transfer(string Source, string Destination, ulong Amount, string Authority, bool Checked) : TokenOperation;

internal sealed record MintTo(string Account, ulong Amount) : TokenOperation;

internal sealed record Burn(string Account, ulong Amount, string Authority) : TokenOperation;

/// <summary>Gives an account, with what it holds, to another owner.</summary>
internal sealed record SetOwner(string Account, string From, string To) : TokenOperation;

internal sealed record CreateAccount(string Account, string Owner, string Payer) : TokenOperation;

internal sealed record CloseAccount(string Account, string Owner) : TokenOperation;

/// <summary>Moves wrapped SOL, whose balances nobody keeps: they are made up.</summary>
internal sealed record SolTransfer(TokenSide Source, TokenSide Destination, ulong Amount) : TokenOperation;

/// <summary>Moves lamports.</summary>
internal sealed record LamportTransfer(string Source, string Destination, ulong Lamports) : TokenOperation;

/// <summary>An account of wrapped SOL, and what it held before.</summary>
internal sealed record TokenSide(string Account, string Owner, ulong Before);

/// <summary>A top-level instruction.</summary>
internal abstract record Step;

/// <summary>An instruction that a node shows parsed.</summary>
internal sealed record Direct(TokenOperation Operation) : Step;

/// <summary>Several instructions of the token program in one.</summary>
internal sealed record Batch(IReadOnlyList<TokenOperation> Operations) : Step;

/// <summary>A call of a program that a node cannot parse, which does the rest as inner instructions.</summary>
internal sealed record ProgramCall(string Program, string Caller, IReadOnlyList<TokenOperation> Operations) : Step;

/// <summary>What somebody signed: it lands when all of its steps can be done, under the same signature wherever it lands.</summary>
/// <param name="Signature">Base58 of 64 bytes.</param>
/// <param name="Payer">Who pays for it.</param>
/// <param name="Version">0, 1 or 2; <see cref="Legacy"/> for none.</param>
/// <param name="Fails">Whether it lands as a failure that moves nothing.</param>
/// <param name="Budgeted">Whether it begins with an instruction to the compute budget.</param>
/// <param name="Steps">Top-level instructions.</param>
internal sealed record TransactionIntent(string Signature, string Payer, int Version, bool Fails, bool Budgeted, IReadOnlyList<Step> Steps)
{
    public const int Legacy = -1;

    public IEnumerable<TokenOperation> Operations => Steps.SelectMany(OperationsOf);

    public static IReadOnlyList<TokenOperation> OperationsOf(Step step) => step switch
    {
        Direct direct => [direct.Operation],
        Batch batch => batch.Operations,
        ProgramCall call => call.Operations,
        _ => throw new NotSupportedException(step.GetType().Name),
    };
}
