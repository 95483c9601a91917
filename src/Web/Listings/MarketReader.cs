using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WildNOut.Actors.Token;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers the token's history and milestones out of the read model, through <see cref="PageCache"/>.</summary>
public sealed class MarketReader(MarketListings lists, PageCache cache, TimeProvider clock)
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(5);

    /// <summary>The course of the price.</summary>
    public Task<IResult> HistoryAsync(HttpContext http, string mint, Timeframe timeframe) => AnswerAsync(
        http, $"token history {timeframe}", bound => lists.HistoryAsync(mint, timeframe, clock.GetUtcNow(), bound), MarketJson.Default.PriceHistory);

    /// <summary>The milestones that were reached.</summary>
    public Task<IResult> MilestonesAsync(HttpContext http, string mint) => AnswerAsync(
        http, "token milestones", bound => lists.MilestonesAsync(mint, bound), MarketJson.Default.MilestoneList);

    private async Task<IResult> AnswerAsync<T>(HttpContext http, string key, Func<CancellationToken, Task<T>> load, JsonTypeInfo<T> json)
    {
        var page = await cache.GetAsync(key, bypass: false, () => RenderAsync(load, json)).WaitAsync(http.RequestAborted);
        return new Rendered(page!.Body);
    }

    /// <summary>Bound to its own time limit and not to one reader, because others may wait for it too.</summary>
    private async Task<RenderedPage?> RenderAsync<T>(Func<CancellationToken, Task<T>> load, JsonTypeInfo<T> json)
    {
        using var bound = new CancellationTokenSource(LoadLimit, clock);
        try
        {
            return new RenderedPage(JsonSerializer.SerializeToUtf8Bytes(await load(bound.Token), json), null);
        }
        catch (OperationCanceledException late) when (bound.IsCancellationRequested)
        {
            throw new TimeoutException("The market's history was not read in time.", late);
        }
    }

    private sealed class Rendered(byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var tag = ETags.Of(body);
            httpContext.Response.Headers.ETag = tag;
            if (ETags.Matches(httpContext.Request.Headers.IfNoneMatch, tag))
            {
                httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            return Answer.WriteAsync(httpContext, body, Answer.JsonType);
        }
    }
}
