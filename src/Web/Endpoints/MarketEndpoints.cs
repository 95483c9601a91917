using System.Text.Json;
using WildNOut.Actors.Token;
using WildNOut.Chain;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Endpoints;

/// <summary>The token's market: figures, history, milestones.</summary>
/// <param name="gateway">Asks the market.</param>
/// <param name="reader">Reads history and milestones.</param>
/// <param name="mint">The token.</param>
internal sealed class MarketEndpoints(EntityGateway gateway, MarketReader reader, string? mint)
{
    private static readonly GetMarket Query = new();

    /// <summary>Maps the routes.</summary>
    /// <param name="api">Where they go.</param>
    /// <param name="gateway">Asks the market.</param>
    /// <param name="reader">Reads history and milestones.</param>
    /// <param name="chain">Which token it is; null where none is configured, and then there is nothing to be found.</param>
    public static void Map(IEndpointRouteBuilder api, EntityGateway gateway, MarketReader reader, ChainOptions? chain)
    {
        var market = new MarketEndpoints(gateway, reader, chain?.Mint);
        var group = api.MapGroup("/token").WithTags("Token");
        group.MapGet("/", (Delegate)market.GetAsync)
            .Gives<MarketView>(200).Gives304().GivesProblems(404, 503)
            .Says("getToken", "Read the token's market", "Price with its source and age, supply, market cap, and what each price feed says. What is unknown is null; a price that has grown old is served with stale = true. 404 where no token is configured.");
        group.MapGet("/history", market.HistoryAsync)
            .Gives<PriceHistory>(200).Gives304().GivesProblems(400, 404, 503)
            .Says("getTokenHistory", "Read the course of the price", "Candles, oldest first, in USD. Stretches without a price are left out.");
        group.MapGet("/milestones", (Delegate)market.MilestonesAsync)
            .Gives<MilestoneList>(200).Gives304().GivesProblems(404, 503)
            .Says("listTokenMilestones", "List the market caps that were reached", "Each of 10, 50, 100, 200 and 500 million USD at most once, after three samples in a row at or above it.");
    }

    private async Task<IResult> GetAsync(HttpContext http)
    {
        if (mint is null)
        {
            return Problem.NotFound("token");
        }

        var reply = await gateway.AskAsync(MarketSetup.AddressOf(mint), Query);
        return reply is MarketView view
            ? new Answer<MarketView>(view, MarketJson.Default.MarketView) { ETag = TagOf(view), Conditional = true }
            : Replies.Refuse(reply);
    }

    private async Task<IResult> HistoryAsync(HttpContext http, string? timeframe)
    {
        var query = new ListQuery();
        var wanted = query.OneOf<Timeframe>("timeframe", timeframe) ?? Timeframe.Day;
        return query.Problem ?? (mint is null ? Problem.NotFound("token") : await reader.HistoryAsync(http, mint, wanted));
    }

    private async Task<IResult> MilestonesAsync(HttpContext http) =>
        mint is null ? Problem.NotFound("token") : await reader.MilestonesAsync(http, mint);

    /// <summary>Ages alone make no new version.</summary>
    private static string TagOf(MarketView view) => ETags.Weak(ETags.Of(JsonSerializer.SerializeToUtf8Bytes(view.WithoutAges(), MarketJson.Default.MarketView)));
}
