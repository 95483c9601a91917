using Akka.Actor;
using Akka.Pattern;
using WildNOut.Actors.Token;

namespace WildNOut.Chain.Prices;

/// <summary>What is known of one feed.</summary>
/// <param name="Source">The feed.</param>
/// <param name="Reading">The newest usable reading, however old; null before the first.</param>
/// <param name="Fault">Why there is none newer; null when the last question was answered well.</param>
public sealed record FeedObservation(string Source, PriceReading? Reading, string? Fault = null);

/// <summary>
/// Asks one feed as it wants to be asked: not too often, with a time limit, not at all while it said <c>Retry-After</c>, and after some failures less and less
/// often, with jitter. It never throws for what the feed does. For one caller at a time.
/// </summary>
public sealed class GuardedFeed
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    private readonly IPriceFeed _feed;
    private readonly TimeProvider _clock;
    private readonly CircuitBreaker _breaker;
    private DateTimeOffset _notBefore;
    private FeedObservation _last;

    /// <summary>Guards a feed.</summary>
    public GuardedFeed(IPriceFeed feed, IScheduler scheduler, TimeProvider clock, FeedPatience? patience = null)
    {
        patience ??= new FeedPatience();
        _feed = feed;
        _clock = clock;
        _last = new FeedObservation(feed.Name, null, "It was not asked yet.");
        _breaker = new CircuitBreaker(
            scheduler, patience.Failures, patience.Answer, patience.Rest, patience.LongestRest, exponentialBackoffFactor: 2, randomFactor: 0.2);
    }

    /// <summary>The feed's name.</summary>
    public string Name => _feed.Name;

    /// <summary>What the feed says now, or said last where it may not be asked now.</summary>
    public async Task<FeedObservation> ReadAsync(string mint, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        if (now < _notBefore)
        {
            return _last;
        }

        _notBefore = now + _feed.Spacing;
        try
        {
            return _last = Judge(_feed.Name, await AskAsync(mint, cancellation), _last);
        }
        catch (FeedException fault)
        {
            if (fault.RetryAfter is { } pause && pause > TimeSpan.Zero)
            {
                _notBefore = _clock.GetUtcNow() + (pause < LongestRetryAfter ? pause : LongestRetryAfter);
            }

            return Failed(fault.Message);
        }
        catch (OpenCircuitException)
        {
            return Failed("The feed failed too often and is left alone for a while.");
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return Failed("The feed did not answer in time.");
        }
    }

    /// <summary>The observation after a reading: nobody believes an impossible price, and what is no amount is unknown.</summary>
    internal static FeedObservation Judge(string source, PriceReading? reading, FeedObservation? before = null) =>
        reading is null ? new FeedObservation(source, null, "The feed does not know the token.")
        : MarketRules.Price(reading.Price) is not { } price ? new FeedObservation(source, before?.Reading, "The feed gave an impossible price.")
        : new FeedObservation(source, reading with { Price = price, LiquidityUsd = Amount(reading.LiquidityUsd), Volume24hUsd = Amount(reading.Volume24hUsd) });

    private static decimal? Amount(decimal? value) => value is >= 0 ? value : null;

    private Task<PriceReading?> AskAsync(string mint, CancellationToken cancellation) => _breaker.WithCircuitBreaker(async limit =>
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit, cancellation);
        return await _feed.ReadAsync(mint, either.Token);
    });

    private FeedObservation Failed(string why) => _last = _last with { Fault = why };
}

/// <summary>How long a feed is waited for, and how it is spared after failures.</summary>
public sealed record FeedPatience
{
    /// <summary>The longest wait for an answer.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Failures in a row until it is left alone.</summary>
    public int Failures { get; init; } = 3;

    /// <summary>For how long at first; doubled, with jitter, while it goes on failing.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long at most.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(5);
}
