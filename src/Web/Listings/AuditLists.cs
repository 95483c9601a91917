using WildNOut.Actors.Audit;
using WildNOut.Web.Errors;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers lists of the audit log.</summary>
/// <param name="listings">Reads it.</param>
/// <param name="answers">Writes lists.</param>
public sealed class AuditLists(AuditListings listings, PagedAnswers answers)
{
    private const int LongestText = 200;

    /// <summary>A page of entries.</summary>
    public Task<IResult> PageAsync(HttpContext http, AuditQuery wanted, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var filter = Filter(query, wanted);
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        return answers.AnswerAsync(
            http,
            query,
            AuditProjection.Key,
            PagedAnswers.Normalise(
                ("actor", wanted.Actor), ("action", wanted.Action), ("targetType", wanted.TargetType), ("targetId", wanted.TargetId), ("result", wanted.Result),
                ("from", wanted.From), ("to", wanted.To), ("limit", limit)),
            place,
            bound => listings.PageAsync(filter, place, size, bound),
            WebJson.Default.PageAuditEntryView);
    }

    /// <summary>All entries, or what is wrong with the parameters.</summary>
    public (IAsyncEnumerable<AuditEntryView>? Entries, Problem? Problem) Export(AuditQuery wanted, CancellationToken cancellation)
    {
        var query = new ListQuery();
        var filter = Filter(query, wanted);
        return query.Problem is { } problem ? (null, problem) : (listings.ExportAsync(filter, cancellation), null);
    }

    private static AuditFilter Filter(ListQuery query, AuditQuery wanted) => new(
        query.UserId("actor", wanted.Actor),
        query.Text("action", wanted.Action, LongestText),
        query.Text("targetType", wanted.TargetType, LongestText),
        query.Text("targetId", wanted.TargetId, LongestText),
        query.OneOf<AuditResult>("result", wanted.Result),
        query.Instant("from", wanted.From),
        query.Instant("to", wanted.To));
}

/// <summary>The query parameters of the audit log, as they came.</summary>
public sealed record AuditQuery(string? Actor, string? Action, string? TargetType, string? TargetId, string? Result, string? From, string? To);
