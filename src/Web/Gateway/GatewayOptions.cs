namespace WildNOut.Web.Gateway;

/// <summary>How long the gateway waits, and when it stops trying.</summary>
public sealed record GatewayOptions
{
    /// <summary>The time an entity has to answer.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The part of it after which what may be repeated is asked once more: a message to a node that dies is lost without a sign.</summary>
    public double RepeatAfter { get; init; } = 0.4;

    /// <summary>Asks in a row without an outcome after which a region counts as gone.</summary>
    public int FailuresToOpen { get; init; } = 20;

    /// <summary>How long a region that counts as gone is left alone before one ask tries it again.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The time that one ask has: short, because one that is lost keeps everybody waiting for the next.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
