namespace WildNOut.Chain.Rpc;

/// <summary>How an endpoint is. Paths, queries and names in addresses hold keys, so only the host is told.</summary>
/// <param name="Endpoint">Its host, with a number where several endpoints share it.</param>
/// <param name="Fallback">Whether it is asked only when no primary can answer.</param>
/// <param name="Breaker">Whether calls go out to it.</param>
/// <param name="Slot">The confirmed slot it told last; null before the first.</param>
/// <param name="Lag">How many slots that is behind the best endpoint; null before the first.</param>
/// <param name="LastSuccessAt">When it last answered; null for never.</param>
/// <param name="LastError">What went wrong last; null for nothing.</param>
/// <param name="LastErrorAt">When that was.</param>
/// <param name="ThrottledUntil">Until when it is left alone; null when it is not.</param>
public sealed record EndpointReport(
    string Endpoint,
    bool Fallback,
    BreakerState Breaker,
    ulong? Slot,
    ulong? Lag,
    DateTimeOffset? LastSuccessAt,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    DateTimeOffset? ThrottledUntil);
