namespace WildNOut.Chain.Rpc;

/// <summary>What one attempt says of the endpoint.</summary>
internal enum Verdict
{
    /// <summary>It answered, with a result or with an error that others would give too.</summary>
    Answered,

    /// <summary>It is well but cannot answer this at present.</summary>
    NotNow,

    /// <summary>It is well but behind the chain.</summary>
    Behind,

    /// <summary>It wants to be left alone for a time.</summary>
    Throttled,

    /// <summary>It does not want us.</summary>
    Blocked,

    /// <summary>It is down, slow, or answers nonsense.</summary>
    Failed,
}

/// <summary>The outcome of one attempt.</summary>
/// <param name="Verdict">What it says of the endpoint.</param>
/// <param name="Value">The result, when answered without an error.</param>
/// <param name="Error">The error, when answered with one; also the one behind another verdict where there is one.</param>
/// <param name="Why">A sentence for operators, without anything that the endpoint or its address could have put in.</param>
/// <param name="RetryAfter">How long the endpoint wants to be left alone, where it tells.</param>
internal readonly record struct Attempt<T>(
    Verdict Verdict, T? Value = default, RpcException? Error = null, string? Why = null, TimeSpan? RetryAfter = null);
