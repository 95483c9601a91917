namespace WildNOut.Chain.Rpc;

/// <summary>How the WebSocket is kept.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>How long connecting may take, and how long the node may take to confirm a subscription.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the node is pinged, and how long it may take to answer.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection on which nothing comes for this long is dropped: slots come several times a second.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the second connection in a row that told nothing; doubles, half of it is random.</summary>
    public TimeSpan LeastBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most that <see cref="LeastBackoff"/> grows to.</summary>
    public TimeSpan MostBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest message, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Notices that wait for a listener; beyond, slots lose the oldest and other sequences end.</summary>
    public int MaxWaiting { get; init; } = 4_096;
}
