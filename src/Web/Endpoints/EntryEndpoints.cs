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

/// <summary>Entries: submit, list, read, view, moderate.</summary>
/// <param name="gateway">Asks the battles.</param>
/// <param name="lists">Reads the lists, and knows which battle an entry is in.</param>
/// <param name="audit">Records what moderators do.</param>
/// <param name="prefix">The path all routes begin with.</param>
internal sealed class EntryEndpoints(EntityGateway gateway, ListReader lists, AuditTrail audit, string prefix)
{
    /// <summary>Battles that were seen to exist; a battle never goes away.</summary>
    private readonly RecentMap<Guid, bool> _battles = new(100_000);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services)
    {
        var entries = new EntryEndpoints(services.Gateway, services.Lists, services.Audit, services.Prefix);
        var group = api.MapGroup("").WithTags("Entries");
        group.MapPost("/battles/{id}/entries", entries.SubmitAsync).RequireCaller().Takes<SubmitEntryRequest>()
            .Gives<EntryView>(201).GivesProblems(400, 401, 404, 409, 413, 415, 422, 503)
            .Says("submitEntry", "Enter a battle", "While it is active; one entry per user and battle.");
        group.MapGet("/battles/{id}/entries", entries.ListAsync)
            .Gives<Page<EntryView>>(200).GivesProblems(400, 404, 503)
            .Says("listEntries", "List the entries of a battle", "Keyset pages, newest or most voted first.");
        group.MapGet("/entries/{id}", entries.GetAsync)
            .Gives<EntryView>(200).Gives304().GivesProblems(400, 404, 503)
            .Says("getEntry", "Read an entry");
        group.MapPost("/entries/{id}/view", entries.ViewAsync)
            .GivesNothing().GivesProblems(400, 404, 503)
            .Says("viewEntry", "Count a view of an entry");
        api.MapPost("/moderation/{kind}/{id}", entries.ModerateAsync).WithTags("Moderation").RequireRole(Role.Moderator).Takes<ModerateRequest>()
            .Gives<EntryView>(200).GivesProblems(400, 401, 403, 404, 409, 413, 415, 503)
            .Says("moderate", "Approve or reject an item", "kind is entry. An item not pending is refused; a rejection needs a reason.");
    }

    private async Task<IResult> SubmitAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var caller = http.Caller();
        var (request, fingerprint, bad) = await JsonBody.ReadAsync(http, RequestJson.Default.SubmitEntryRequest);
        if (bad is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out bad))
        {
            return bad!;
        }

        var missing = new Fields().Require("content", request!.Content);
        if (request.Content is not null)
        {
            missing.Require("content.type", request.Content.Type);
        }

        if (missing.Problem is { } incomplete)
        {
            return incomplete;
        }

        var content = new EntryContent(request.Content!.Type!.Value, request.Content.Text, request.Content.MediaKey);
        var entryId = Guid.CreateVersion7();
        var address = BallotBoxes.AddressOf(battleId);
        var reply = await gateway.AskAsync(
            address, new SubmitEntry(entryId, caller.UserId, content, MediaVerified: false), commandId, fingerprint);
        if (reply is not Done { Reply: EntryView entry } done)
        {
            return Replies.Refuse(reply);
        }

        lists.Remember(entry.Id, battleId);
        ConsistencyToken.Add(http, address, done.SequenceNr);
        return Replies.Entry(entry, StatusCodes.Status201Created, $"{prefix}/entries/{entry.Id}");
    }

    private async Task<IResult> ListAsync(HttpContext http, string id, string? moderation, string? sort, string? limit, string? cursor)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        if (!_battles.TryGet(battleId, out _))
        {
            var reply = await gateway.AskAsync(BallotBoxes.AddressOf(battleId), BattleQuery.Battle);
            if (reply is not BattleView)
            {
                return Replies.Refuse(reply);
            }

            _battles.Add(battleId, true);
        }

        return await lists.EntriesAsync(http, battleId, moderation, sort, limit, cursor);
    }

    private async Task<IResult> GetAsync(HttpContext http, string id)
    {
        var (entryId, battleId, problem) = await FindAsync(http, id);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await gateway.AskAsync(BallotBoxes.AddressOf(battleId), new GetEntry(entryId));
        return reply is EntryView entry ? Replies.Entry(entry) : Replies.Refuse(reply);
    }

    private async Task<IResult> ViewAsync(HttpContext http, string id)
    {
        if (!Idempotency.TryCommandId(http, http.FindCaller()?.UserId ?? string.Empty, out var commandId, out var bad))
        {
            return bad!;
        }

        var (entryId, battleId, problem) = await FindAsync(http, id);
        if (problem is not null)
        {
            return problem;
        }

        var address = BallotBoxes.AddressOf(battleId);
        var reply = await gateway.AskAsync(address, new ViewEntry(entryId), commandId, null);
        if (reply is not Done { Reply: Acknowledged } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, address, done.SequenceNr);
        return TypedResults.NoContent();
    }

    private async Task<IResult> ModerateAsync(HttpContext http, string kind, string id)
    {
        if (kind != "entry")
        {
            return Problem.NotFound("kind of item");
        }

        var caller = http.Caller();
        var (request, fingerprint, bad) = await JsonBody.ReadAsync(http, RequestJson.Default.ModerateRequest);
        if (bad is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out bad))
        {
            return bad!;
        }

        if (request!.Action is not { } action)
        {
            return Problem.Invalid("action", "is required");
        }

        var (entryId, battleId, problem) = await FindAsync(http, id);
        if (problem is not null)
        {
            return problem;
        }

        var address = BallotBoxes.AddressOf(battleId);
        var command = new ModerateEntry(caller, entryId, action == ModerationAction.Approve, request.Reason);
        var note = new AuditNote(command.Approve ? "entry.approve" : "entry.reject", "entry", id, ("battleId", battleId.ToString("D")), ("reason", command.Reason));
        var reply = await audit.DoAsync(http, note, () => gateway.AskAsync(address, command, commandId, fingerprint));
        if (reply is not Done { Reply: EntryView entry } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, address, done.SequenceNr);
        return Replies.Entry(entry);
    }

    private async Task<(Guid EntryId, Guid BattleId, Problem? Problem)> FindAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var entryId, out var problem))
        {
            return (default, default, problem);
        }

        return await lists.BattleOfEntryAsync(entryId, http.RequestAborted) is { } battleId
            ? (entryId, battleId, null)
            : (entryId, default, Problem.NotFound("entry"));
    }
}
