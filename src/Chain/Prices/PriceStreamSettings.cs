namespace WildNOut.Chain.Prices;

/// <summary>The pace of the price stream.</summary>
public sealed record PriceStreamSettings
{
    /// <summary>How often the feeds are asked and a sample is taken; a sample costs about 350 bytes of the journal.</summary>
    public TimeSpan SampleEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often supply and volume are read.</summary>
    public TimeSpan SupplyEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the market is waited for.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first pause after a source broke; it grows to <see cref="LongestPause"/>, with jitter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a source broke.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A streamed feed that is silent for so long is connected anew.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether feeds that can stream do; else they are asked like the others.</summary>
    public bool Streams { get; init; } = true;

    /// <summary>Which readings are believed.</summary>
    public ConsensusRules Consensus { get; init; } = new();

    /// <summary>How feeds are spared.</summary>
    public FeedPatience Patience { get; init; } = new();
}
