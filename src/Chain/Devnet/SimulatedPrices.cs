using System.Collections.Concurrent;

namespace WildNOut.Chain.Devnet;

/// <summary>
/// The prices of the devnet. They wander with time alone, so that every process sees the same; each feed can be steered on its own, from any thread.
/// </summary>
/// <param name="seed">Where chance comes from.</param>
/// <param name="price">The price of a token that the walk is about, in US dollars.</param>
/// <param name="solPrice">The same of SOL.</param>
public sealed class SimulatedPrices(ulong seed = 1, decimal price = 0.021m, decimal solPrice = 150m)
{
    private static readonly double[] Periods = [97, 613, 3_607, 21_601, 86_413];
    private static readonly double[] Swings = [0.002, 0.006, 0.02, 0.05, 0.12];

    private readonly ConcurrentDictionary<string, FeedSteering> _feeds = new(StringComparer.Ordinal);
    private volatile Fixed _fixed = new(null, null);

    /// <summary>Holds the price of the token; null lets it wander again.</summary>
    public void Hold(decimal? held) => _fixed = _fixed with { Token = held };

    /// <summary>Holds the price of SOL; null lets it wander again.</summary>
    public void HoldSol(decimal? held) => _fixed = _fixed with { Sol = held };

    /// <summary>Steers a feed: <c>jupiter</c>, <c>dexscreener</c>, <c>coingecko</c> or <c>hermes</c>; null lets it go.</summary>
    public void Steer(string feed, FeedSteering? steering) => _feeds[feed] = steering ?? new FeedSteering();

    /// <summary>The true price of a token in US dollars.</summary>
    public decimal At(DateTimeOffset time) => _fixed.Token ?? Walk(price, time, 1);

    /// <summary>The true price of SOL in US dollars.</summary>
    public decimal SolAt(DateTimeOffset time) => _fixed.Sol ?? Walk(solPrice, time, 2);

    internal FeedSteering Steering(string feed) => _feeds.GetValueOrDefault(feed) ?? new FeedSteering();

    private decimal Walk(decimal mean, DateTimeOffset time, ulong walk)
    {
        var seconds = time.ToUnixTimeMilliseconds() / 1_000d;
        var phases = new Random(HashCode(seed, walk));
        var drift = 0d;
        for (var i = 0; i < Periods.Length; i++)
        {
            drift += Swings[i] * Math.Sin((2 * Math.PI * seconds / Periods[i]) + (2 * Math.PI * phases.NextDouble()));
        }

        return Math.Round(mean * (decimal)Math.Exp(drift), 10);
    }

    private static int HashCode(ulong seed, ulong walk) => (int)((seed * 31) + walk);

    private sealed record Fixed(decimal? Token, decimal? Sol);
}

/// <summary>How one feed differs from the truth.</summary>
public sealed record FeedSteering
{
    /// <summary>Whether it does not know the token.</summary>
    public bool Absent { get; init; }

    /// <summary>What it takes the price times: 1 is honest.</summary>
    public decimal Factor { get; init; } = 1;

    /// <summary>The liquidity it tells, in US dollars; null to leave it out.</summary>
    public decimal? Liquidity { get; init; } = 250_000;

    /// <summary>How old its prices are.</summary>
    public TimeSpan Age { get; init; }
}
