namespace WildNOut.Web.Limits;

/// <summary>How much a caller may ask of the cluster.</summary>
public sealed record LimitOptions
{
    /// <summary>Requests a window (<c>RATE_LIMIT_MAX</c>). Battles and content allow twice as many, the feed half as many again.</summary>
    public int Max { get; init; } = 100;

    /// <summary>The length of a window (<c>RATE_LIMIT_WINDOW</c>).</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests a window for signing in and proving a wallet, and failures within 15 minutes that lock out (<c>AUTH_RATE_LIMIT_MAX</c>).</summary>
    public int AuthMax { get; init; } = 5;

    /// <summary>The length of a window of those (<c>AUTH_RATE_LIMIT_WINDOW</c>).</summary>
    public TimeSpan AuthWindow { get; init; } = TimeSpan.FromMinutes(1);
}
