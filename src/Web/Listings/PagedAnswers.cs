using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Errors;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers lists: waits for a write that the reader wants to see, and serves hot pages out of <see cref="PageCache"/>.</summary>
public sealed class PagedAnswers(ProjectionProgress progress, PageCache cache, TimeProvider clock)
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(5);

    /// <summary>The parameters that are there, in one order.</summary>
    public static string Normalise(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                text.AppendFormatted(separator);
                text.AppendLiteral(name);
                text.AppendFormatted('=');
                text.AppendLiteral(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return text.ToStringAndClear();
    }

    /// <summary>Answers a list.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">What was wrong with its parameters.</param>
    /// <param name="projection">What must have the write that the reader wants to see.</param>
    /// <param name="normal">The parameters but the cursor, from <see cref="Normalise"/>.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="load">Reads the page; null when the cursor is damaged.</param>
    /// <param name="json">How the page is written.</param>
    /// <param name="reader">Whose list it is; null for one that is the same for everybody.</param>
    internal async Task<IResult> AnswerAsync<T>(
        HttpContext http,
        ListQuery query,
        string projection,
        string normal,
        string? cursor,
        Func<CancellationToken, Task<T?>> load,
        JsonTypeInfo<T> json,
        string? reader = null)
        where T : class, IPage
    {
        var waited = await WaitAsync(http, query, projection);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var start = http.Request.Path.Value + normal;
        var page = await cache.GetAsync(
            reader is null && cursor is null ? start : $"{cursor}\n{start}\n{reader}", bypass: waited, () => RenderAsync(start, load, json)).WaitAsync(http.RequestAborted);
        return page is null ? Problem.Invalid("cursor", "is not a cursor of this list in this order") : new PageResult(page);
    }

    /// <summary>Waits for a write that the reader wants to see, where they name one and nothing is wrong; false where they name none.</summary>
    internal async Task<bool> WaitAsync(HttpContext http, ListQuery query, string projection)
    {
        ConsistencyToken token = default;
        var wanted = http.Request.Headers[ConsistencyToken.Header];
        if (wanted.Count == 0)
        {
            return false;
        }

        if (!(wanted is [{ } text] && ConsistencyToken.TryDecode(text, out token)))
        {
            query.Fault(ConsistencyToken.Header, "is not a token of this platform");
        }

        if (query.Problem is null)
        {
            await progress.WaitForRowAsync(projection, token.PersistenceId, token.SequenceNr, http.RequestAborted);
        }

        return true;
    }

    /// <summary>Reads and renders a page. Bound to its own time limit and not to one reader, because others may wait for it too.</summary>
    private async Task<RenderedPage?> RenderAsync<T>(string start, Func<CancellationToken, Task<T?>> load, JsonTypeInfo<T> json)
        where T : class, IPage
    {
        using var bound = new CancellationTokenSource(LoadLimit, clock);
        try
        {
            if (await load(bound.Token) is not { } page)
            {
                return null;
            }

            var next = page.NextCursor is null ? null : $"<{start}{(start.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={page.NextCursor}>; rel=\"next\"";
            return new RenderedPage(JsonSerializer.SerializeToUtf8Bytes(page, json), next);
        }
        catch (OperationCanceledException late) when (bound.IsCancellationRequested)
        {
            throw new TimeoutException("The list was not read in time.", late);
        }
    }

    private sealed class PageResult(RenderedPage page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (page.Link is not null)
            {
                httpContext.Response.Headers.Link = page.Link;
            }

            return Answer.WriteAsync(httpContext, page.Body, Answer.JsonType);
        }
    }
}
