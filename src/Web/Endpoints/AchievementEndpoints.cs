using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Achievements;
using WildNOut.Web.Errors;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;

namespace WildNOut.Web.Endpoints;

/// <summary>What people have earned.</summary>
/// <param name="gateway">Asks the user.</param>
/// <param name="catalogue">What can be earned.</param>
internal sealed class AchievementEndpoints(EntityGateway gateway, AchievementCatalogue catalogue)
{
    /// <summary>Stands for the caller's own id in a path.</summary>
    private const string Me = "me";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, AchievementCatalogue catalogue)
    {
        var achievements = new AchievementEndpoints(services.Gateway, catalogue);
        api.MapGet("/users/{userId}/achievements", achievements.ListAsync).WithTags("People")
            .Gives<AchievementsResponse>(200).Gives304().GivesProblems(401, 403, 404, 503)
            .Says(
                "listAchievements",
                "What a user has earned",
                "The user sees all achievements, with progress; of hidden ones that are not earned neither description nor criteria. Everybody else sees what is earned and not hidden. "
                + "'me' stands for the caller.");
    }

    private async Task<IResult> ListAsync(HttpContext http, string userId)
    {
        var caller = http.FindCaller()?.UserId;
        if (userId == Me && caller is null)
        {
            return Problem.Unauthorized();
        }

        var whose = userId == Me ? caller! : userId;
        var reply = await AskAsync(whose, own: whose == caller);
        return reply is AchievementsView view
            ? new Answer<AchievementsResponse>(AchievementsResponse.Of(catalogue, view, whose == caller), WebJson.Default.AchievementsResponse) { Conditional = true }
            : Replies.Refuse(reply);
    }

    /// <summary>Who asks for their own exists from then on, as with everything else they do.</summary>
    private async Task<IReply> AskAsync(string userId, bool own)
    {
        var user = UserRegions.OfUser(userId);
        var reply = await gateway.AskAsync(user, new GetAchievements());
        if (!own || reply is not Rejection { Kind: RejectionKind.NotFound })
        {
            return reply;
        }

        var welcome = await gateway.AskAsync(user, new WelcomeUser());
        return welcome is Done ? await gateway.AskAsync(user, new GetAchievements()) : welcome;
    }
}
