using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Endpoints;

/// <summary>Voting: cast, one's own votes, tally, results.</summary>
/// <param name="gateway">Asks the ballot boxes and the battles.</param>
/// <param name="lists">Knows the votes of finished battles.</param>
/// <param name="boxes">The number of ballot boxes of the deployment.</param>
/// <param name="prefix">The path all routes begin with.</param>
internal sealed class VoteEndpoints(EntityGateway gateway, ListReader lists, int boxes, string prefix)
{
    private readonly WeightedVotes _votes = new(gateway);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services)
    {
        var votes = new VoteEndpoints(services.Gateway, services.Lists, services.BallotBoxes, services.Prefix);
        var group = api.MapGroup("/battles/{id}").WithTags("Votes");
        group.MapPost("/votes", votes.CastAsync).RequireCallerInPerson().Takes<VoteRequest>()
            .Gives<VoteReceipt>(201).GivesProblems(400, 401, 403, 404, 409, 413, 415, 503)
            .Says("castVote", "Vote", "While voting is on; at most one vote per user and entry. An acknowledged vote is durable and counts exactly once.");
        group.MapGet("/votes/me", votes.MineAsync).RequireCaller()
            .Gives<VoteList>(200).GivesProblems(400, 401, 503)
            .Says("myVotes", "One's own votes on a battle");
        group.MapGet("/tally", votes.TallyAsync)
            .Gives<Tally>(200).Gives304().GivesProblems(400, 404, 503)
            .Says("getTally", "The votes so far", "Lags behind votes by a fraction of a second while voting is on.");
        group.MapGet("/results", votes.ResultsAsync)
            .Gives<BattleResults>(200).Gives304().GivesProblems(400, 404, 503)
            .Says("getResults", "The final order", "404 until the battle is completed; then it never changes.");
    }

    private async Task<IResult> CastAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var caller = http.Caller();
        var (request, fingerprint, bad) = await JsonBody.ReadAsync(http, RequestJson.Default.VoteRequest);
        if (bad is not null || !Idempotency.TryCommandId(http, caller.UserId, out var commandId, out bad))
        {
            return bad!;
        }

        if (request!.EntryId is not { } entryId)
        {
            return Problem.Invalid("entryId", "is required");
        }

        var box = BallotBoxes.AddressOf(BallotBoxes.BoxOf(caller.UserId, boxes));
        var command = new CastVote(battleId, entryId, caller.UserId, request.Value, null, commandId);
        var reply = await _votes.CastAsync(box, command, fingerprint);
        if (reply is not Done { Reply: VoteReceipt receipt } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, box, done.SequenceNr);
        return new Answer<VoteReceipt>(receipt, BattlesJson.Default.VoteReceipt, StatusCodes.Status201Created)
        {
            Location = string.Concat(prefix, "/battles/", id, "/votes/me"),
        };
    }

    private async Task<IResult> MineAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var voter = http.Caller().UserId;
        var box = BallotBoxes.AddressOf(BallotBoxes.BoxOf(voter, boxes));
        var reply = await gateway.AskAsync(box, new GetVotes(battleId, voter));
        if (reply is not VotesOfVoter votes)
        {
            return Replies.Refuse(reply);
        }

        var items = votes.Known ? votes.Items : await lists.VotesAsync(battleId, voter, http.RequestAborted);
        return new Answer<VoteList>(new VoteList(items), WebJson.Default.VoteList);
    }

    private async Task<IResult> TallyAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var reply = await gateway.AskAsync(BallotBoxes.AddressOf(battleId), BattleQuery.Tally);
        return reply is Tally tally ? new Answer<Tally>(tally, BattlesJson.Default.Tally) { Conditional = true } : Replies.Refuse(reply);
    }

    private async Task<IResult> ResultsAsync(HttpContext http, string id)
    {
        if (!Ids.TryParse(id, out var battleId, out var problem))
        {
            return problem;
        }

        var reply = await gateway.AskAsync(BallotBoxes.AddressOf(battleId), BattleQuery.Results);
        return reply is BattleResults results
            ? new Answer<BattleResults>(results, BattlesJson.Default.BattleResults) { Conditional = true }
            : Replies.Refuse(reply);
    }
}
