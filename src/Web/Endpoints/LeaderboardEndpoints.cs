using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;

namespace WildNOut.Web.Endpoints;

/// <summary>Boards and ranks.</summary>
internal sealed class LeaderboardEndpoints(LeaderboardReader reader)
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, LeaderboardReader reader)
    {
        var boards = new LeaderboardEndpoints(reader);
        var group = api.MapGroup("/leaderboard").WithTags("Leaderboards");
        group.MapGet("/", boards.PageAsync)
            .Gives<LeaderboardPage>(200).GivesProblems(400, 503)
            .Says("listLeaderboard", "Who leads", "Keyset pages through the whole board, in the order of ranks. Ranks are exact as of the answer; on a later page they take into account what has moved since the one before.");
        group.MapGet("/me", boards.MineAsync).RequireCaller()
            .Gives<LeaderboardStanding>(200).GivesProblems(400, 401, 503)
            .Says("myRank", "One's own rank", "The caller's rank on a board, with those around: at most five ahead and five behind.");
    }

    private Task<IResult> PageAsync(HttpContext http, string? timeframe, string? limit, string? cursor) => reader.PageAsync(http, timeframe, limit, cursor);

    private Task<IResult> MineAsync(HttpContext http, string? timeframe) => reader.StandingAsync(http, http.Caller().UserId, timeframe);
}
