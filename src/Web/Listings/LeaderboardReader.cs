using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>Answers boards and ranks out of the read model.</summary>
public sealed class LeaderboardReader(LeaderboardListings boards, PagedAnswers answers, TimeProvider clock)
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(5);

    /// <summary>A page of a board.</summary>
    public Task<IResult> PageAsync(HttpContext http, string? timeframe, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var board = query.OneOf<Board>("timeframe", timeframe) ?? Board.All;
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        var normal = PagedAnswers.Normalise(("timeframe", timeframe), ("limit", limit));
        return answers.AnswerAsync(http, query, LeaderboardProjection.Key, normal, place, bound => boards.PageAsync(board, place, size, bound), WebJson.Default.LeaderboardPage);
    }

    /// <summary>Where somebody stands.</summary>
    public async Task<IResult> StandingAsync(HttpContext http, string userId, string? timeframe)
    {
        var query = new ListQuery();
        var board = query.OneOf<Board>("timeframe", timeframe) ?? Board.All;
        await answers.WaitAsync(http, query, LeaderboardProjection.Key);
        return query.Problem is { } problem
            ? problem
            : new Answer<LeaderboardStanding>(
                await boards.StandingAsync(board, userId, http.RequestAborted).WaitAsync(LoadLimit, clock), WebJson.Default.LeaderboardStanding);
    }
}
