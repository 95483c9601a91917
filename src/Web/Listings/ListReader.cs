using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Errors;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers lists out of the read model, hot ones out of <see cref="PageCache"/>, and knows which battle an entry is in.</summary>
public sealed class ListReader(BattleListings lists, ProjectionProgress progress, PageCache cache, TimeProvider clock)
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EntryWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EntryPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(10);

    private readonly RecentMap<Guid, Guid> _battleOfEntry = new(100_000);

    /// <summary>A page of battles.</summary>
    public Task<IResult> BattlesAsync(HttpContext http, string? status, string? type, string? creatorId, string? sort, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var filter = new BattleFilter(
            query.OneOf<BattleStatus>("status", status),
            query.OneOf<BattleType>("type", type),
            query.UserId("creatorId", creatorId));
        var order = query.OneOf<BattleOrder>("sort", sort) ?? BattleOrder.Newest;
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        var normal = Normalise(("status", status), ("type", type), ("creatorId", creatorId), ("sort", sort), ("limit", limit));
        return AnswerAsync(http, query, normal, place, bound => lists.BattlesAsync(filter, order, place, size, bound), WebJson.Default.PageBattleView);
    }

    /// <summary>A page of a battle's entries.</summary>
    public Task<IResult> EntriesAsync(HttpContext http, Guid battleId, string? moderation, string? sort, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var judged = query.OneOf<ModerationStatus>("moderation", moderation);
        var order = query.OneOf<EntryOrder>("sort", sort) ?? EntryOrder.Newest;
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        var normal = Normalise(("moderation", moderation), ("sort", sort), ("limit", limit));
        return AnswerAsync(http, query, normal, place, bound => lists.EntriesAsync(battleId, judged, order, place, size, bound), WebJson.Default.PageEntryView);
    }

    /// <summary>A voter's votes on a battle that has its results.</summary>
    public async Task<IReadOnlyList<VoteReceipt>> VotesAsync(Guid battleId, string voterId, CancellationToken cancellation) =>
        (await lists.VotesOfVoterAsync(battleId, voterId, cancellation)).Items;

    /// <summary>Notes which battle an entry is in, before the read model knows.</summary>
    public void Remember(Guid entryId, Guid battleId) => _battleOfEntry.Add(entryId, battleId);

    /// <summary>The battle of an entry. An entry so young that the read model may not have it yet is waited for.</summary>
    public async ValueTask<Guid?> BattleOfEntryAsync(Guid entryId, CancellationToken cancellation)
    {
        if (_battleOfEntry.TryGet(entryId, out var known))
        {
            return known;
        }

        var started = clock.GetTimestamp();
        while (true)
        {
            if (await lists.FindBattleOfEntryAsync(entryId, cancellation) is { } battleId)
            {
                _battleOfEntry.Add(entryId, battleId);
                return battleId;
            }

            if (!MayBeOnItsWay(entryId) || clock.GetElapsedTime(started) > EntryWait)
            {
                return null;
            }

            await Task.Delay(EntryPoll, clock, cancellation);
        }
    }

    private static string Normalise(params ReadOnlySpan<(string Name, string? Value)> parameters)
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

    private bool MayBeOnItsWay(Guid entryId) =>
        Ids.MadeAt(entryId) is { } made && (clock.GetUtcNow() - made).Duration() < Young;

    private async Task<IResult> AnswerAsync<T>(
        HttpContext http, ListQuery query, string normal, string? cursor, Func<CancellationToken, Task<Page<T>?>> load, JsonTypeInfo<Page<T>> json)
    {
        ConsistencyToken token = default;
        var wanted = http.Request.Headers[ConsistencyToken.Header];
        if (wanted.Count > 0 && !(wanted is [{ } text] && ConsistencyToken.TryDecode(text, out token)))
        {
            query.Fault(ConsistencyToken.Header, "is not a token of this platform");
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (wanted.Count > 0)
        {
            await progress.WaitForRowAsync(BattleProjection.Key, token.PersistenceId, token.SequenceNr, http.RequestAborted);
        }

        var start = http.Request.Path.Value + normal;
        var page = await cache.GetAsync(
            cursor is null ? start : start + '#' + cursor, bypass: wanted.Count > 0, () => RenderAsync(start, load, json)).WaitAsync(http.RequestAborted);
        return page is null ? Problem.Invalid("cursor", "is not a cursor of this list in this order") : new PageResult(page);
    }

    /// <summary>Reads and renders a page. Bound to its own time limit and not to one reader, because others may wait for it too.</summary>
    private async Task<RenderedPage?> RenderAsync<T>(string start, Func<CancellationToken, Task<Page<T>?>> load, JsonTypeInfo<Page<T>> json)
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
