namespace WildNOut.Chain.Rpc;

/// <summary>How endpoints are asked. The limits are those of the public endpoints, for one address.</summary>
public sealed record RpcPoolOptions
{
    /// <summary>Calls that one endpoint gets in any <see cref="Window"/>; 0 for no limit.</summary>
    public int CallsPerWindow { get; init; } = 100;

    /// <summary>Calls of one method that one endpoint gets in any <see cref="Window"/>; 0 for no limit.</summary>
    public int CallsPerMethodPerWindow { get; init; } = 40;

    /// <summary>What the limits are counted over.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take, body included.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The most times that a call is sent, over all endpoints.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait before an endpoint is asked again for the same call; doubles with each failure, half of it is random.</summary>
    public TimeSpan LeastBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most that <see cref="LeastBackoff"/> grows to.</summary>
    public TimeSpan MostBackoff { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>A ready endpoint of lower rank is taken when the better one needs longer than this.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait for a token or for the end of a pause; an endpoint that needs longer cannot be asked.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row that open the breaker.</summary>
    public int FailuresToOpen { get; init; } = 5;

    /// <summary>How long the breaker stays open at first before one call is let through; doubles with each trial that fails: 1.25, 2.5, 5, 10 s, and 10 s from then on.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(1.25);

    /// <summary>What <see cref="OpenFor"/> stays below when it grows.</summary>
    public TimeSpan LongestOpenFor { get; init; } = TimeSpan.FromSeconds(10.5);

    /// <summary>Successes, one after the other, that close the breaker again.</summary>
    public int SuccessesToClose { get; init; } = 2;

    /// <summary>An endpoint further behind the best than this many slots is not asked while another can be.</summary>
    public ulong MaxSlotLag { get; init; } = 50;

    /// <summary>An endpoint that took longer than this to tell its slot is not asked while a quicker one of its rank can be.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often each endpoint is asked for its slot.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an endpoint that refuses us (401, 403) is left alone.</summary>
    public TimeSpan BlockedFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause after a throttle that names no time; doubles each time up to <see cref="MaxWait"/>.</summary>
    public TimeSpan ThrottledFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most that a <c>Retry-After</c> is believed.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The largest answer that is read, in bytes after decompression.</summary>
    public int MaxAnswerBytes { get; init; } = 64 * 1024 * 1024;
}
