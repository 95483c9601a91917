namespace WildNOut.Chain.Devnet.Simulation;

/// <summary>How often each kind of transaction occurs, as weights; 0 for never.</summary>
public sealed record TransactionMix
{
    /// <summary><c>transfer</c>, which does not name the mint.</summary>
    public int PlainTransfer { get; init; } = 28;

    /// <summary><c>transferChecked</c>.</summary>
    public int CheckedTransfer { get; init; } = 20;

    /// <summary>A transfer that a program makes as an inner instruction.</summary>
    public int InnerTransfer { get; init; } = 4;

    /// <summary>One <c>batch</c> with transfers to several recipients.</summary>
    public int Batch { get; init; } = 4;

    /// <summary>Transfers of two senders to one recipient.</summary>
    public int Gather { get; init; } = 2;

    /// <summary>A pool gives tokens.</summary>
    public int Buy { get; init; } = 12;

    /// <summary>A pool takes tokens, now and then with a cut for somebody else.</summary>
    public int Sell { get; init; } = 10;

    /// <summary>A token account gets another owner, without a transfer.</summary>
    public int SetAuthority { get; init; } = 2;

    /// <summary>A token account is emptied and closed.</summary>
    public int CloseAccount { get; init; } = 3;

    /// <summary>New tokens.</summary>
    public int Mint { get; init; } = 1;

    /// <summary>Tokens that are no more.</summary>
    public int Burn { get; init; } = 1;

    /// <summary>A transaction that failed and moved nothing.</summary>
    public int Failed { get; init; } = 4;

    /// <summary>A transfer of nothing.</summary>
    public int Zero { get; init; } = 1;

    /// <summary>A transfer between accounts of one owner, or from an account to itself.</summary>
    public int SelfTransfer { get; init; } = 2;

    /// <summary>A transaction that does not touch the mint.</summary>
    public int Unrelated { get; init; } = 6;

    /// <summary>A transfer in a transaction version that nobody knows yet (2).</summary>
    public int UnknownVersion { get; init; }

    /// <summary>A mix of nothing.</summary>
    public static TransactionMix None { get; } = new()
    {
        PlainTransfer = 0, CheckedTransfer = 0, InnerTransfer = 0, Batch = 0, Gather = 0, Buy = 0, Sell = 0, SetAuthority = 0,
        CloseAccount = 0, Mint = 0, Burn = 0, Failed = 0, Zero = 0, SelfTransfer = 0, Unrelated = 0,
    };
}
