using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Logging;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Token;
using WildNOut.Chain.Rpc;
using Done = Akka.Done;

namespace WildNOut.Chain.Prices;

/// <summary>
/// From price feeds, supply and volume to the market of the token: every source ticks and reads by itself, one reading under way each; all meet in the
/// <see cref="MarketSampler"/>; its samples go to the market one by one. A slow market slows the sources: ticks that nobody wants are dropped, so a sample is always of the present.
/// A source that breaks starts anew after a pause; a sample that is lost is followed by the next.
/// </summary>
/// <param name="mint">The token.</param>
/// <param name="feeds">Who is asked for prices.</param>
/// <param name="rpc">Who is asked for the supply.</param>
/// <param name="volumes">Who is asked for the volume.</param>
/// <param name="regions">The way to the market.</param>
/// <param name="clock">The present.</param>
/// <param name="log">Hears of samples that were lost.</param>
/// <param name="settings">The pace.</param>
public sealed partial class PriceStream(
    string mint, PriceFeeds feeds, ISolanaRpc rpc, ITokenVolumes volumes, ShardRegions regions, TimeProvider clock, ILogger<PriceStream> log, PriceStreamSettings settings) : IOwnedStream
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Runs until cancelled, or until something breaks that no source can help.</summary>
    public Task RunAsync(IMaterializer materializer, IScheduler scheduler, CancellationToken stop) => Sources(scheduler, stop)
        .Aggregate((all, next) => all.Merge(next))
        .StatefulSelectMany<MarketInput, MarketSample, NotUsed>(
            () => new MarketSampler(mint, [.. feeds.Token.Select(feed => feed.Name)], settings.Consensus, clock).Take)
        .SelectAsync(1, sample => SendAsync(sample, stop))
        .RunWith(Sink.Ignore<Done>(), materializer);

    private IEnumerable<Source<MarketInput, NotUsed>> Sources(IScheduler scheduler, CancellationToken stop)
    {
        foreach (var feed in feeds.Token)
        {
            yield return Observations(feed, mint, scheduler, stop).Select(MarketInput (observation) => new MarketInput.Token(observation));
        }

        if (feeds.Sol is { } sol)
        {
            yield return Observations(sol, HermesFeed.SolMint, scheduler, stop).Select(MarketInput (observation) => new MarketInput.Sol(observation));
        }

        yield return Every(settings.SupplyEvery, async () =>
            (MarketInput)new MarketInput.Supply((await rpc.GetTokenSupplyAsync(mint, Commitment.Finalized, stop)).Value));
        yield return Every(settings.SupplyEvery, async () => (MarketInput)new MarketInput.Volume(await VolumeAsync(stop)));
        yield return Source.Tick(settings.SampleEvery / 2, settings.SampleEvery, (MarketInput)MarketInput.Due.Instance).MapMaterializedValue(_ => NotUsed.Instance);
    }

    private Source<FeedObservation, NotUsed> Observations(IPriceFeed feed, string of, IScheduler scheduler, CancellationToken stop)
    {
        if (settings.Streams && feed is IStreamedPriceFeed streamed)
        {
            return RestartSource.WithBackoff(
                    () => Source.From(() => streamed.StreamAsync(of, stop)).IdleTimeout(settings.LongestSilence), Pauses())
                .Conflate((_, newest) => newest)
                .Select(reading => GuardedFeed.Judge(feed.Name, reading));
        }

        var guarded = new GuardedFeed(feed, scheduler, clock, settings.Patience);
        return Every(settings.SampleEvery, () => guarded.ReadAsync(of, stop));
    }

    private Source<T, NotUsed> Every<T>(TimeSpan pace, Func<Task<T>> read) => RestartSource.OnFailuresWithBackoff(
        () => Source.Tick(TimeSpan.Zero, pace, NotUsed.Instance).SelectAsync(1, _ => read()).MapMaterializedValue(_ => NotUsed.Instance), Pauses());

    private RestartSettings Pauses() => RestartSettings.Create(settings.FirstPause, settings.LongestPause, 0.2);

    private async Task<decimal?> VolumeAsync(CancellationToken stop)
    {
        var width = Timeframe.Day.Width();
        var to = clock.GetUtcNow();
        var buckets = await volumes.BetweenAsync(CandleWidths.Start(to - Day, width), to, width, stop);
        return buckets.Count == 0 ? null : buckets.Sum(bucket => bucket.Amount);
    }

    private async Task<Done> SendAsync(MarketSample sample, CancellationToken stop)
    {
        var market = MarketSetup.AddressOf(mint);
        regions.Tell(market, sample.Observed);
        if (sample.Command is { } command)
        {
            try
            {
                var reply = await regions.AskAsync(market, command, settings.AskTimeout, stop);
                if (reply is not Actors.Engine.Done { Reply: SampleTaken })
                {
                    SampleRefused(log, reply);
                }
            }
            catch (AskTimeoutException)
            {
                SampleLost(log, settings.AskTimeout.TotalSeconds);
            }
        }

        return Done.Instance;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "The market did not take a sample: {Reply}")]
    private static partial void SampleRefused(ILogger log, IReply reply);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "The market did not answer within {Seconds} s; the sample may be lost.")]
    private static partial void SampleLost(ILogger log, double seconds);
}
