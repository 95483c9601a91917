using WildNOut.Actors.Token;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers lists of the token's transactions.</summary>
/// <param name="listings">Reads them.</param>
/// <param name="answers">Writes them.</param>
/// <param name="wallets">Knows the wallets of a user.</param>
public sealed class TransactionLists(TokenTransactionListings listings, PagedAnswers answers, IWalletsOfUser wallets)
{
    /// <summary>A page of all, or of one wallet's.</summary>
    public Task<IResult> OfAllAsync(HttpContext http, string mint, string? wallet, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var address = query.Wallet("wallet", wallet);
        return AnswerAsync(http, query, mint, address is null ? null : [address], [("wallet", wallet), ("limit", limit)], limit, cursor, null);
    }

    /// <summary>A page of those that touch any of a user's wallets.</summary>
    public async Task<IResult> OfUserAsync(HttpContext http, string mint, string userId, string? limit, string? cursor)
    {
        var addresses = await wallets.AddressesAsync(userId, http.RequestAborted);
        return await AnswerAsync(http, new ListQuery(), mint, addresses, [("limit", limit)], limit, cursor, userId);
    }

    private Task<IResult> AnswerAsync(
        HttpContext http,
        ListQuery query,
        string mint,
        IReadOnlyList<string>? addresses,
        ReadOnlySpan<(string Name, string? Value)> parameters,
        string? limit,
        string? cursor,
        string? reader)
    {
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        return answers.AnswerAsync(
            http,
            query,
            FeedProjection.Key,
            PagedAnswers.Normalise(parameters),
            place,
            bound => listings.PageAsync(mint, addresses, place, size, bound),
            WebJson.Default.PageTokenTransaction,
            reader);
    }
}
