using WildNOut.Actors.Notifications;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers lists of notifications.</summary>
/// <param name="listings">Reads them.</param>
/// <param name="answers">Writes them.</param>
public sealed class NotificationLists(InboxListings listings, PagedAnswers answers)
{
    /// <summary>A page of a user's notifications.</summary>
    public Task<IResult> OfUserAsync(HttpContext http, string userId, string? unread, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var wanted = query.Flag("unread", unread);
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        return answers.AnswerAsync(
            http,
            query,
            InboxProjection.Key,
            PagedAnswers.Normalise(("unread", unread), ("limit", limit)),
            place,
            bound => listings.PageAsync(userId, wanted, place, size, bound),
            WebJson.Default.PageNotificationView,
            userId);
    }
}
