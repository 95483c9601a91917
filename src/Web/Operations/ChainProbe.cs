using WildNOut.Actors.Token;
using WildNOut.Chain;
using WildNOut.Chain.Prices;
using WildNOut.Chain.Rpc;
using WildNOut.Web.Gateway;

namespace WildNOut.Web.Operations;

/// <summary>Finds out how far the platform is behind the chain, whichever node reads it.</summary>
/// <param name="gateway">The way to feed and market.</param>
/// <param name="options">Which token it is.</param>
/// <param name="rpc">This node's endpoints.</param>
public sealed class ChainProbe(EntityGateway gateway, ChainOptions options, RpcPool rpc)
{
    /// <summary>Further behind than this many slots, about 40 s, the feed is not as it should be.</summary>
    public const ulong MostBehind = 100;

    /// <summary>A reader tells once a second how it gets on; after this many seconds of silence nobody reads.</summary>
    private const double LongestSilence = 10;

    /// <summary>A reader that neither took blocks nor found the feed complete for this many seconds gets nowhere.</summary>
    private const double LongestStandstill = 30;

    private static readonly double Fresh = new ConsensusRules().MaxAge.TotalSeconds;

    /// <summary>The chain among the parts of the node: degraded while the feed is behind, since everything else works without it.</summary>
    public async Task<HealthPart> CheckAsync() => Judge(await IngestAsync()) is { } why ? new HealthPart(HealthState.Degraded, why) : new HealthPart(HealthState.Healthy);

    /// <summary>More, for admins.</summary>
    public async Task<ChainDetails> DetailsAsync()
    {
        var (ingest, market) = (IngestAsync(), MarketAsync());
        return new ChainDetails(await ingest, await market, rpc.Report());
    }

    /// <summary>Why the feed is not as it should be; null when it is. Names no endpoint.</summary>
    public static string? Judge(IngestView? ingest) => ingest switch
    {
        null => "The feed of the token does not answer.",
        { ReportAge: null } => "Nobody has told yet that the chain is read.",
        { ReportAge: > LongestSilence and var age } => Say($"Nobody reads the chain since {age:F0} s."),
        { ProgressAge: null } => "The chain could not be read yet.",
        { Behind: > MostBehind and var slots, ProgressAge: var age } => Say($"The feed is {slots} slots behind the chain and last advanced {age:F0} s ago."),
        { ProgressAge: > LongestStandstill and var age } => Say($"The feed has not advanced for {age:F0} s."),
        _ => null,
    };

    private static string Say(FormattableString text) => FormattableString.Invariant(text);

    private async Task<IngestView?> IngestAsync() => await gateway.AskAsync(FeedDefinition.AddressOf(options.Mint), new GetIngest(options.Mint)) as IngestView;

    private async Task<MarketDetails?> MarketAsync() =>
        await gateway.AskAsync(MarketSetup.AddressOf(options.Mint), new GetMarket()) is MarketView market
            ? new MarketDetails(market.Price, market.PriceAt, market.PriceAge, market.Stale, [.. market.Sources.Select(Details)])
            : null;

    private static PriceFeedDetails Details(PriceSourceView feed) =>
        new(feed.Source, feed.Price, feed.At, feed.Age, feed.Age is null || feed.Age > Fresh, feed.Refusal, feed.LastFailure, feed.LastFailureAt);
}
