using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users;
using WildNOut.Actors.Wallets;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;
using WildNOut.Web.Identity;
using WildNOut.Web.Listings;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Endpoints;

/// <summary>People: one's own profile and points, the profiles of others, search.</summary>
/// <param name="gateway">Asks users and wallets.</param>
/// <param name="users">Reads users.</param>
/// <param name="audit">Records who leaves.</param>
internal sealed class UserEndpoints(EntityGateway gateway, UserLists users, AuditTrail audit)
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder api, ApiServices services, UserLists lists)
    {
        var users = new UserEndpoints(services.Gateway, lists, services.Audit);
        var group = api.MapGroup("/users").WithTags("People");
        group.MapGet("/me", users.MeAsync).RequireCaller()
            .Gives<MeResponse>(200).Gives304().GivesProblems(401, 503)
            .Says("getMe", "One's own profile", "Who signs in for the first time exists from here on.");
        group.MapPatch("/me", users.EditAsync).RequireCaller().Takes<EditProfileRequest>()
            .Gives<MeResponse>(200).GivesProblems(400, 401, 403, 409, 412, 413, 415, 503)
            .Says("editMe", "Edit one's profile", "A username that somebody bears is refused (409 username_taken). With If-Match the edit is refused when the profile has changed since; points do not count for that.");
        group.MapDelete("/me", users.DeleteAsync).RequireCallerInPerson()
            .GivesNothing().GivesProblems(401, 403, 503)
            .Says("deleteMe", "Delete one's account", "For good: the profile is emptied, the username and all wallets become free, sessions end, and tokens hold no more. What was earned and written stays counted.");
        group.MapGet("/me/points", users.PointsAsync).RequireCaller()
            .Gives<PointsView>(200).GivesProblems(401, 403, 503)
            .Says("getMyPoints", "One's points and level", "Level n begins at 50·n·(n−1) points.");
        group.MapGet("/me/points/history", users.HistoryAsync).RequireCaller()
            .Gives<Page<LedgerEntry>>(200).GivesProblems(400, 401, 503)
            .Says("listMyPoints", "How one's points came and went", "Keyset pages, newest first; only those that came or went with `type`. The balance is the sum of all.");
        group.MapGet("/", users.FindAsync)
            .Gives<Page<UserCard>>(200).GivesProblems(400, 503)
            .Says("searchUsers", "Find people", "By username or display name: first those that begin with the text, then those that contain it, then those that come near it. One page.");
        group.MapGet("/{username}", users.ProfileAsync)
            .Gives<ProfileResponse>(200).Gives304().GivesProblems(404, 503)
            .Says("getProfile", "Somebody's profile", "Wallets and holdings only as far as they show them.");
        group.MapGet("/{userId}/stats", users.StatsAsync)
            .Gives<StatsResponse>(200).GivesProblems(400, 404, 503)
            .Says("getStats", "What somebody did, in numbers");
    }

    private async Task<IResult> MeAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var reply = await gateway.AskAsync(UserRegions.OfUser(caller.UserId), new WelcomeUser());
        return reply is Done { Reply: UserView user } ? await SelfAsync(user, caller, conditional: true) : Replies.Refuse(reply);
    }

    private async Task<IResult> EditAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var (request, _, problem) = await JsonBody.ReadAsync(http, RequestJson.Default.EditProfileRequest);
        if (problem is not null)
        {
            return problem;
        }

        var user = UserRegions.OfUser(caller.UserId);
        var reply = await gateway.AskAsync(user, new UpdateProfile(
            request!.Username, request.DisplayName, request.Bio, request.AvatarUrl, request.Privacy?.ShowWallets, request.Privacy?.ShowHoldings,
            ETags.VersionOf(http.Request.Headers.IfMatch)));
        if (reply is not Done { Reply: UserView edited } done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, user, done.SequenceNr);
        return await SelfAsync(edited, caller, conditional: false);
    }

    private async Task<IResult> DeleteAsync(HttpContext http, CancellationToken cancellation)
    {
        var user = UserRegions.OfUser(http.Caller().UserId);
        var reply = await gateway.AskAsync(user, new DeleteUser(user.EntityId));
        audit.Note(http, new AuditNote("user.delete", "user", user.EntityId), reply);
        if (reply is not Done done)
        {
            return Replies.Refuse(reply);
        }

        ConsistencyToken.Add(http, user, done.SequenceNr);
        return TypedResults.NoContent();
    }

    private async Task<IResult> PointsAsync(HttpContext http, CancellationToken cancellation)
    {
        var reply = await gateway.AskAsync(UserRegions.OfUser(http.Caller().UserId), new WelcomeUser());
        return reply is Done { Reply: UserView user } ? new Answer<PointsView>(user.Points, UsersJson.Default.PointsView) : Replies.Refuse(reply);
    }

    private Task<IResult> HistoryAsync(HttpContext http, string? type, string? limit, string? cursor) =>
        users.HistoryAsync(http, http.Caller().UserId, type, limit, cursor);

    private Task<IResult> FindAsync(string? q, string? limit, CancellationToken cancellation) => users.FindAsync(q, limit, cancellation);

    private async Task<IResult> ProfileAsync(string username, CancellationToken cancellation)
    {
        var name = Usernames.Normalize(username);
        if (!Usernames.IsWellFormed(name))
        {
            return Replies.Refuse(UserRefusals.NoUser);
        }

        var (profile, privacy, no) = await users.ByNameAsync(name, cancellation);
        if (profile is null)
        {
            return Replies.Refuse(no!);
        }

        if (privacy.ShowWallets || privacy.ShowHoldings)
        {
            // The read model may not know yet that somebody shows less than before.
            var now = await gateway.AskAsync(UserRegions.OfUser(profile.Id), new GetUser());
            if (now is not UserView user)
            {
                return Replies.Refuse(now);
            }

            privacy = new PrivacyResponse(privacy.ShowWallets && user.ShowWallets, privacy.ShowHoldings && user.ShowHoldings);
        }

        if (privacy.ShowWallets || privacy.ShowHoldings)
        {
            var reply = await gateway.AskAsync(WalletRegions.OfUser(profile.Id), new GetWallets());
            if (reply is not WalletsView wallets)
            {
                return Replies.Refuse(reply);
            }

            profile = ProfileResponse.With(profile, privacy, wallets);
        }

        return new Answer<ProfileResponse>(profile, WebJson.Default.ProfileResponse) { Conditional = true };
    }

    private async Task<IResult> StatsAsync(string userId, CancellationToken cancellation)
    {
        var query = new ListQuery();
        query.UserId("userId", userId);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var (stats, no) = await users.StatsAsync(userId, cancellation);
        return stats is null ? Replies.Refuse(no!) : new Answer<StatsResponse>(stats, WebJson.Default.StatsResponse);
    }

    /// <summary>Wallets that do not answer keep nobody from their profile.</summary>
    private async Task<IResult> SelfAsync(UserView user, Caller caller, bool conditional)
    {
        var tier = (await gateway.AskAsync(WalletRegions.OfUser(user.Id), new GetWallets()) as WalletsView)?.Tier;
        return new Answer<MeResponse>(MeResponse.Of(user, caller.Role, tier), WebJson.Default.MeResponse) { Version = user.Version, Conditional = conditional };
    }
}
