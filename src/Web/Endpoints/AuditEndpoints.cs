using WildNOut.Actors.Audit;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>The audit log, for admins: search, export, and its end.</summary>
/// <param name="gateway">Asks the log.</param>
/// <param name="trail">Records who took it away.</param>
/// <param name="lists">Reads it.</param>
internal sealed class AuditEndpoints(EntityGateway gateway, AuditTrail trail, AuditLists lists)
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, AuditLists lists)
    {
        var audit = new AuditEndpoints(services.Gateway, services.Audit, lists);
        var group = api.MapGroup("/admin/audit").WithTags("Admin").RequireRole(Role.Admin);
        group.MapGet("/", audit.ListAsync)
            .Gives<Page<AuditEntryView>>(200).GivesProblems(400, 401, 403, 503)
            .Says("listAudit", "Who did what to what", "Keyset pages, newest first. `from` and `to` are the times of recording; `to` does not belong to the span.");
        group.MapGet("/export", audit.ExportAsync)
            .Produces(StatusCodes.Status200OK, contentType: AuditExport.MediaType).GivesProblems(400, 401, 403, 503)
            .Says("exportAudit", "The audit log as a file", "One entry a line, oldest first, with all that its hash is made of. Is recorded itself. An answer that breaks off is incomplete.");
        group.MapGet("/head", audit.HeadAsync)
            .Gives<AuditReceipt>(200).GivesProblems(401, 403, 503)
            .Says("auditHead", "The newest entry's number and hash", "Kept elsewhere, it shows later whether anything up to it was changed: verify-audit NUMBER:HASH.");
    }

    private Task<IResult> ListAsync(
        HttpContext http, string? actor, string? action, string? targetType, string? targetId, string? result, string? from, string? to, string? limit, string? cursor) =>
        lists.PageAsync(http, new AuditQuery(actor, action, targetType, targetId, result, from, to), limit, cursor);

    private async Task<IResult> ExportAsync(
        HttpContext http, string? actor, string? action, string? targetType, string? targetId, string? result, string? from, string? to)
    {
        var (entries, problem) = lists.Export(new AuditQuery(actor, action, targetType, targetId, result, from, to), http.RequestAborted);
        if (problem is not null)
        {
            return problem;
        }

        var note = new AuditNote(
            "audit.export", null, null,
            ("actor", actor), ("action", action), ("targetType", targetType), ("targetId", targetId), ("result", result), ("from", from), ("to", to));
        var reply = await trail.DoAsync(http, note, () => gateway.AskAsync(AuditLog.Address, new GetAuditHead()));
        return reply is AuditReceipt ? new AuditExport(entries!) : Replies.Refuse(reply);
    }

    private async Task<IResult> HeadAsync(HttpContext http, CancellationToken cancellation)
    {
        var reply = await gateway.AskAsync(AuditLog.Address, new GetAuditHead());
        return reply is AuditReceipt head ? new Answer<AuditReceipt>(head, AuditJson.Default.AuditReceipt) : Replies.Refuse(reply);
    }
}
