using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>Battles: open, list, read, edit, move, cancel.</summary>
/// <param name="gateway">Asks the battles.</param>
/// <param name="lists">Reads the lists.</param>
/// <param name="audit">Records what moderators do.</param>
/// <param name="prefix">The path all routes begin with.</param>
internal sealed class BattleEndpoints(EntityGateway gateway, ListReader lists, AuditTrail audit, string prefix)
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services)
    {
        var battles = new BattleEndpoints(services.Gateway, services.Lists, services.Audit, services.Prefix);
        var group = api.MapGroup("/battles").WithTags("Battles");
        group.MapPost("/", battles.CreateAsync).RequireCaller().Takes<CreateBattleRequest>()
            .Gives<BattleView>(201).GivesProblems(400, 401, 409, 413, 415, 503)
            .Says("createBattle", "Open a battle", "Any signed-in user may. The first status follows from the clock.");
        group.MapGet("/", battles.ListAsync)
            .Gives<Page<BattleView>>(200).GivesProblems(400, 503)
            .Says("listBattles", "List battles", "Keyset pages; follow nextCursor or the Link header. Lists follow writes within a second.");
        group.MapGet("/{id}", battles.GetAsync)
            .Gives<BattleView>(200).Gives304().GivesProblems(400, 404, 503)
            .Says("getBattle", "Read a battle", "Answered by the battle itself, so a read right after a write sees it.");
        group.MapPatch("/{id}", battles.EditAsync).RequireCaller().Takes<EditBattleRequest>()
            .Gives<BattleView>(200).GivesProblems(400, 401, 403, 404, 409, 412, 413, 415, 503)
            .Says("editBattle", "Edit an upcoming battle", "By its creator or a moderator. With If-Match the edit is refused when the battle has moved on.");
        group.MapPost("/{id}/status", battles.MoveAsync).RequireCaller().Takes<MoveBattleRequest>()
            .Gives<BattleView>(200).Gives<BattleView>(202).GivesProblems(400, 401, 403, 404, 409, 413, 415, 503)
            .Says("moveBattle", "Move a battle by hand", "upcoming → active → voting → completed, or cancelled from the first two. 202 while the votes are being counted.");
        group.MapDelete("/{id}", battles.CancelAsync).RequireCaller()
            .GivesNothing().GivesProblems(400, 401, 403, 404, 409, 503)
            .Says("cancelBattle", "Cancel a battle", "From upcoming or active only. Final.");
    }

    private async Task<IResult> CreateAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var (request, fingerprint, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.CreateBattleRequest);
        if (problem is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out problem))
        {
            return problem!;
        }

        var missing = new Fields()
            .Require("title", request!.Title).Require("description", request.Description).Require("type", request.Type)
            .Require("startTime", request.StartTime).Require("endTime", request.EndTime).RequireIn(request.Rules);
        if (missing.Problem is { } incomplete)
        {
            return incomplete;
        }

        var id = Idempotency.IdOf(commandId);
        var command = new CreateBattle(
            id, caller.UserId, request.Title!, request.Description!, request.Type!.Value,
            request.StartTime!.Value, request.EndTime!.Value, request.VotingEndTime, Fields.ToRules(request.Rules));
        var address = BallotBoxes.AddressOf(id);
        var reply = await gateway.AskAsync(address, command, commandId, fingerprint);
        if (reply is not Done { Reply: BattleView battle } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, address, done.SequenceNr);
        return Replies.Battle(battle, StatusCodes.Status201Created, $"{prefix}/battles/{id}");
    }

    private Task<IResult> ListAsync(HttpContext http, string? status, string? type, string? creatorId, string? sort, string? limit, string? cursor) =>
        lists.BattlesAsync(http, status, type, creatorId, sort, limit, cursor);

    private async Task<IResult> GetAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var reply = await gateway.AskAsync(BallotBoxes.AddressOf(battleId), BattleQuery.Battle);
        return reply is BattleView battle
            ? new Answer<BattleView>(battle, BattlesJson.Default.BattleView) { ETag = ETags.Of(battle), Conditional = true }
            : Replies.Refuse(reply);
    }

    private async Task<IResult> EditAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var (request, _, bad) = await JsonBody.ReadAsync(http, RequestJson.Default.EditBattleRequest);
        if ((bad ?? new Fields().RequireIn(request!.Rules).Problem) is { } incomplete)
        {
            return incomplete;
        }

        var command = new EditBattle(
            http.Caller(), ETags.VersionOf(http.Request.Headers.IfMatch), request!.Title, request.Description,
            request.StartTime, request.EndTime, request.VotingEndTime, Fields.ToRules(request.Rules));
        return await ChangeAsync(http, battleId, command, null, null);
    }

    private async Task<IResult> MoveAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var caller = http.Caller();
        var (request, fingerprint, bad) = await JsonBody.ReadAsync(http, RequestJson.Default.MoveBattleRequest);
        if (bad is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out bad))
        {
            return bad!;
        }

        return request!.Status is { } status
            ? await ChangeAsync(http, battleId, new MoveBattle(caller, status), commandId, fingerprint)
            : Problem.Invalid("status", "is required");
    }

    private async Task<IResult> CancelAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var address = BallotBoxes.AddressOf(battleId);
        var reply = await AskAsync(http, address, new MoveBattle(http.Caller(), BattleStatus.Cancelled), null, null);
        if (reply is not Done { Reply: BattleView } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, address, done.SequenceNr);
        return TypedResults.NoContent();
    }

    private async Task<IResult> ChangeAsync(HttpContext http, Guid battleId, ICommand command, string? commandId, string? fingerprint)
    {
        var address = BallotBoxes.AddressOf(battleId);
        var reply = await AskAsync(http, address, command, commandId, fingerprint);
        if (reply is not Done { Reply: BattleView battle } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, address, done.SequenceNr);
        var counting = command is MoveBattle { To: BattleStatus.Completed } && battle.Status != BattleStatus.Completed;
        return Replies.Battle(battle, counting ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <summary>Changes a battle; a moderator's change goes through the audit log.</summary>
    private Task<IReply> AskAsync(HttpContext http, EntityAddress battle, ICommand command, string? commandId, string? fingerprint)
    {
        var note = command is MoveBattle move
            ? new AuditNote("battle.move", "battle", battle.EntityId, ("to", WireEnum<BattleStatus>.Name(move.To)))
            : new AuditNote("battle.edit", "battle", battle.EntityId);
        return audit.DoAsync(http, note, () => gateway.AskAsync(battle, command, commandId, fingerprint));
    }
}
