using System.Globalization;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>What admins do with users: roles and points.</summary>
/// <param name="gateway">Asks users.</param>
/// <param name="audit">Records it.</param>
internal sealed class UserAdminEndpoints(EntityGateway gateway, AuditTrail audit)
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services)
    {
        var admin = new UserAdminEndpoints(services.Gateway, services.Audit);
        var group = api.MapGroup("/admin/users/{userId}").WithTags("Admin");
        group.MapPut("/role", admin.SetRoleAsync).RequireRole(Role.Admin).Takes<RoleRequest>()
            .GivesNothing().GivesProblems(400, 401, 403, 404, 413, 415, 503)
            .Says("setRole", "Grant a role or take it back", "The higher of the granted role and that of the token counts, within seconds on every node; `user` takes the grant back.");
        group.MapPost("/points", admin.ChangePointsAsync).RequireRole(Role.Admin).Takes<PointsRequest>()
            .Gives<PointsView>(200).GivesProblems(400, 401, 403, 404, 409, 413, 415, 503)
            .Says("changePoints", "Add points or take them away", "Never below zero (409 insufficient_points). With an Idempotency-Key a change counts once, however often it is sent.");
    }

    private async Task<IResult> SetRoleAsync(HttpContext http, string userId)
    {
        var (request, _, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.RoleRequest);
        if ((problem ?? Faults(userId) ?? new Fields().Require("role", request!.Role).Problem) is { } bad)
        {
            return bad;
        }

        var by = http.Caller().UserId;
        var user = UserRegions.OfUser(userId);
        var (command, action) = request!.Role is { } role and not Role.User ? ((IUserCommand)new GrantRole(role, by), "user.grant-role") : (new RevokeRole(by), "user.revoke-role");
        var note = new AuditNote(action, "user", userId, ("role", WireEnum<Role>.Name(request.Role!.Value)));
        var reply = await audit.DoAsync(http, note, () => gateway.AskAsync(user, command));
        if (reply is not Done { Reply: UserView } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, user, done.SequenceNr);
        return TypedResults.NoContent();
    }

    private async Task<IResult> ChangePointsAsync(HttpContext http, string userId)
    {
        var caller = http.Caller();
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.PointsRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        if ((Faults(userId) ?? new Fields().Require("amount", request!.Amount).Require("reason", request.Reason).Problem) is { } bad)
        {
            return bad;
        }

        var (amount, reason, cause) = (request!.Amount!.Value, request.Reason!.Trim(), $"admin:{commandId ?? Guid.CreateVersion7().ToString("D")}");
        var user = UserRegions.OfUser(userId);
        var (command, action) = request.Type == LedgerType.Debit
            ? ((IUserCommand)new DeductPoints(amount, reason, caller.UserId, cause), "points.deduct")
            : (new AwardPoints(amount, reason, caller.UserId, cause), "points.award");
        var note = new AuditNote(action, "user", userId, ("amount", amount.ToString(CultureInfo.InvariantCulture)), ("reason", reason));
        var reply = await audit.DoAsync(http, note, () => gateway.AskAsync(user, command, commandId, fingerprint));
        if (reply is not Done { Reply: PointsView points } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, user, done.SequenceNr);
        return new Answer<PointsView>(points, UsersJson.Default.PointsView);
    }

    private static Problem? Faults(string userId)
    {
        var query = new ListQuery();
        query.UserId("userId", userId);
        return query.Problem;
    }
}
