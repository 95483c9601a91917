using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Token;
using WildNOut.Web.Errors;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;
using WildNOut.Web.Realtime;

namespace WildNOut.Web.Endpoints;

/// <summary>The token's transactions: lists, and the stream of them.</summary>
/// <param name="lists">Answers the lists.</param>
/// <param name="tail">Follows the feed.</param>
/// <param name="mint">The mint; null when this deployment follows no token.</param>
/// <param name="seats">Counts the streams of each client.</param>
/// <param name="leaving">Ends the streams when the node leaves.</param>
internal sealed class TransactionEndpoints(TransactionLists lists, TokenTail tail, string? mint, StreamSeats seats, CancellationToken leaving)
{
    /// <summary>A seat is free as soon as one of the client's streams ends; in seconds.</summary>
    private const string RetryAfter = "10";

    private static readonly Problem Off = new(StatusCodes.Status404NotFound, "not_found", TokenRequests.Off);
    private static readonly Problem TooMany = new(
        StatusCodes.Status429TooManyRequests,
        "too_many_streams",
        string.Create(CultureInfo.InvariantCulture, $"A user may have {StreamSeats.AUser} streams to a node, an address without a user {StreamSeats.AnAddress}: close one first."));

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services)
    {
        var transactions = new TransactionEndpoints(services.Transactions, services.Tail, services.Mint, services.Seats, services.Leaving);
        var group = api.MapGroup("").WithTags("Token");
        group.MapGet("/token/transactions", transactions.ListAsync)
            .Gives<Page<TokenTransaction>>(200).GivesProblems(400, 404, 503)
            .Says("listTokenTransactions", "The token's transactions", "Keyset pages in chain order, newest first; of one wallet with `wallet`. What was withdrawn is not in them. 404 when no token is followed.");
        group.MapGet("/users/me/transactions", transactions.MineAsync).RequireCaller()
            .Gives<Page<TokenTransaction>>(200).GivesProblems(400, 401, 404, 503)
            .Says("myTransactions", "One's own transactions", "Those that touch any wallet of the caller; pages as of all transactions.");
        group.MapGet("/token/stream", transactions.StreamAsync)
            .Produces(StatusCodes.Status200OK, contentType: TokenEventStream.MediaType).GivesProblems(400, 404, 429, 503)
            .Says(
                "streamTokenTransactions",
                "The token's transactions as they come",
                "Server-sent events `transaction`, `withdrawn` and `finalized`, each once and in order; the id of an event is its position. Begins after `Last-Event-ID`, else after `afterPosition`, "
                + "else now; with `wallet` only what touches that wallet, and finality. "
                + "429 `too_many_streams` when a user has 10 streams to this node, or an address 100 without a user.");
    }

    private Task<IResult> ListAsync(HttpContext http, string? wallet, string? limit, string? cursor) =>
        mint is null ? Task.FromResult<IResult>(Off) : lists.OfAllAsync(http, mint, wallet, limit, cursor);

    private Task<IResult> MineAsync(HttpContext http, string? limit, string? cursor) =>
        mint is null ? Task.FromResult<IResult>(Off) : lists.OfUserAsync(http, mint, http.Caller().UserId, limit, cursor);

    private async Task<IResult> StreamAsync(
        HttpContext http, string? wallet, string? afterPosition, [FromHeader(Name = "Last-Event-ID")] string? lastEventId)
    {
        if (!tail.IsOn)
        {
            return Off;
        }

        var query = new ListQuery();
        var address = query.Wallet("wallet", wallet);
        var after = query.Position("afterPosition", afterPosition);
        // A browser that comes back asks for the same address and names in the header what it has seen since.
        after = query.Position("Last-Event-ID", string.IsNullOrEmpty(lastEventId) ? null : lastEventId) ?? after;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var from = after ?? await tail.NewestAsync(http.RequestAborted);
        if (seats.TryTake(http) is not { } seat)
        {
            http.Response.Headers.RetryAfter = RetryAfter;
            return TooMany;
        }

        return new TokenEventStream(tail.Follow(from, address), seat, leaving);
    }
}
