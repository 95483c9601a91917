using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Notifications;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Endpoints;

/// <summary>One's own notifications: list, count, mark as read, choose.</summary>
/// <param name="gateway">Asks the inboxes.</param>
/// <param name="lists">Answers the lists.</param>
internal sealed class NotificationEndpoints(EntityGateway gateway, NotificationLists lists)
{
    /// <summary>The most ids that are marked at once.</summary>
    public const int MostIds = 100;

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, EntityGateway gateway, NotificationLists lists)
    {
        var notifications = new NotificationEndpoints(gateway, lists);
        var group = api.MapGroup("/notifications").WithTags("Notifications").RequireCaller();
        group.MapGet("/", notifications.ListAsync)
            .Gives<Page<NotificationView>>(200).GivesProblems(400, 401, 503)
            .Says("listNotifications", "One's own notifications", "Keyset pages, newest first; kept for 90 days. New ones also come on the channel user:{id} as `notification`.");
        group.MapGet("/unread", notifications.UnreadAsync)
            .Gives<UnreadResponse>(200).GivesProblems(401, 503)
            .Says("countUnread", "How many notifications are unread");
        group.MapPost("/read", notifications.ReadAsync).Takes<MarkReadRequest>()
            .Gives<UnreadResponse>(200).GivesProblems(400, 401, 409, 413, 415, 503)
            .Says("markRead", "Mark notifications as read", "Some by `ids`, or `all`. Answers how many are unread after it.");
        group.MapGet("/preferences", notifications.PreferencesAsync)
            .Gives<PreferencesResponse>(200).GivesProblems(401, 503)
            .Says("getPreferences", "Which kinds of notifications one wants");
        group.MapPut("/preferences", notifications.PreferAsync).Takes<PreferencesRequest>()
            .Gives<PreferencesResponse>(200).GivesProblems(400, 401, 413, 415, 503)
            .Says("setPreferences", "Choose which kinds of notifications one wants", "A kind that is off is not kept and cannot be had later.");
    }

    /// <summary>The command that a list of ids asks for, or what is wrong with the list.</summary>
    public static (MarkRead? Command, string? Fault) Mark(IReadOnlyList<Guid>? ids) => ids is { Count: >= 1 and <= MostIds }
        ? (new MarkRead(ids), null)
        : (null, FormattableString.Invariant($"must hold 1 to {MostIds} ids"));

    private Task<IResult> ListAsync(HttpContext http, string? unread, string? limit, string? cursor) =>
        lists.OfUserAsync(http, http.Caller().UserId, unread, limit, cursor);

    private async Task<IResult> UnreadAsync(HttpContext http, CancellationToken cancellation) => Count(await gateway.AskAsync(Inboxes.Of(http.Caller().UserId), new GetUnread()));

    private async Task<IResult> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.MarkReadRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        if (request!.All is true == request.Ids is not null)
        {
            return Problem.Invalid("ids", "must be there, or else all must be true");
        }

        IInboxCommand command = new MarkAllRead();
        if (request.Ids is { } ids)
        {
            var (some, fault) = Mark(ids);
            if (some is null)
            {
                return Problem.Invalid("ids", fault!);
            }

            command = some;
        }

        var inbox = Inboxes.Of(caller.UserId);
        var reply = await gateway.AskAsync(inbox, command, commandId, fingerprint);
        if (reply is Done done)
        {
            ConsistencyToken.Add(http, inbox, done.SequenceNr);
        }

        return Count(reply is Done { Reply: UnreadCount unread } ? unread : reply);
    }

    private async Task<IResult> PreferencesAsync(HttpContext http, CancellationToken cancellation) => Choice(await gateway.AskAsync(Inboxes.Of(http.Caller().UserId), new GetPreferences()));

    private async Task<IResult> PreferAsync(HttpContext http, CancellationToken cancellation)
    {
        var (request, _, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.PreferencesRequest);
        if (problem is not null)
        {
            return problem;
        }

        if (request!.Kinds is not { } kinds)
        {
            return Problem.Invalid("kinds", "is required");
        }

        var faults = new Fields();
        var off = new List<NotificationKind>();
        foreach (var (name, wanted) in kinds)
        {
            if (!WireEnum<NotificationKind>.TryParse(name, out var kind))
            {
                faults.Fault("kinds." + name, "must be one of " + string.Join(", ", WireEnum<NotificationKind>.Names));
            }
            else if (!wanted)
            {
                off.Add(kind);
            }
        }

        if (faults.Problem is { } unknown)
        {
            return unknown;
        }

        var reply = await gateway.AskAsync(Inboxes.Of(http.Caller().UserId), new SetPreferences(off));
        return Choice(reply is Done { Reply: InboxPreferences preferences } ? preferences : reply);
    }

    private static IResult Count(IReply reply) => reply is UnreadCount count
        ? new Answer<UnreadResponse>(new UnreadResponse(count.Unread), WebJson.Default.UnreadResponse)
        : Replies.Refuse(reply);

    private static IResult Choice(IReply reply) => reply is InboxPreferences preferences
        ? new Answer<PreferencesResponse>(PreferencesResponse.Of(preferences), WebJson.Default.PreferencesResponse)
        : Replies.Refuse(reply);
}
