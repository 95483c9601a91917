using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Gateway;
using WildNOut.Web.Http;

namespace WildNOut.Web.Listings;

/// <summary>
/// Users as everybody sees them, out of the read model, which knows a million of them at hand. Whom it does not know, perhaps only not yet, is asked for: a name
/// that was just taken is found at once.
/// </summary>
public sealed class UserLists(UserListings users, UserSearch search, ProfileAchievements achievements, PagedAnswers answers, EntityGateway gateway)
{
    /// <summary>The profile under a name and what its user shows; else the refusal.</summary>
    /// <param name="username">In small letters.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(ProfileResponse? Profile, PrivacyResponse Privacy, IReply? No)> ByNameAsync(string username, CancellationToken cancellation)
    {
        if (await users.FindByNameAsync(username, cancellation) is var (row, earned))
        {
            return (Profile(row) with { Achievements = achievements.Shown(earned) }, new PrivacyResponse(row.ShowWallets, row.ShowHoldings), null);
        }

        var owner = await gateway.AskAsync(UserRegions.OfUsername(username), new GetUsernameOwner());
        var reply = owner is UsernameOwner { UserId: { } id } ? await gateway.AskAsync(UserRegions.OfUser(id), new GetUser()) : owner;
        return reply switch
        {
            UserView user when user.Username == username => (
                Profile(user) with { Achievements = await achievements.OfUserAsync(user.Id, cancellation) }, new PrivacyResponse(user.ShowWallets, user.ShowHoldings), null),
            UserView or UsernameOwner => (null, new PrivacyResponse(false, false), UserRefusals.NoUser),
            _ => (null, new PrivacyResponse(false, false), reply),
        };
    }

    /// <summary>What a user did; else the refusal.</summary>
    public async Task<(StatsResponse? Stats, IReply? No)> StatsAsync(string userId, CancellationToken cancellation)
    {
        if (await users.FindAsync(userId, cancellation) is { } row)
        {
            return (Stats(row), null);
        }

        var reply = await gateway.AskAsync(UserRegions.OfUser(userId), new GetUser());
        return reply is UserView user ? (StatsResponse.Of(user.Counters), null) : (null, reply);
    }

    /// <summary>The users that a text finds.</summary>
    public async Task<IResult> FindAsync(string? text, string? limit, CancellationToken cancellation)
    {
        var query = new ListQuery();
        var sought = query.Sought("q", text);
        var most = query.Limit(limit, UserSearch.MostFound);
        return query.Problem ?? (IResult)new Answer<Page<UserCard>>(
            new Page<UserCard>(await search.FindAsync(sought, most, cancellation), null), WebJson.Default.PageUserCard);
    }

    /// <summary>A page of one's own changes of points.</summary>
    public Task<IResult> HistoryAsync(HttpContext http, string userId, string? type, string? limit, string? cursor)
    {
        var query = new ListQuery();
        var kind = query.OneOf<LedgerType>("type", type);
        var size = query.Limit(limit);
        var place = query.Cursor(cursor);
        return answers.AnswerAsync(
            http,
            query,
            UserProjection.Key,
            PagedAnswers.Normalise(("type", type), ("limit", limit)),
            place,
            bound => users.HistoryAsync(userId, kind, place, size, bound),
            WebJson.Default.PageLedgerEntry,
            userId);
    }

    private static ProfileResponse Profile(UserRow row) => new(
        row.Id, row.Username!, row.DisplayName, row.Bio, row.AvatarUrl, row.Role, row.Points, row.Level, null, null, null, Stats(row),
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt));

    private static ProfileResponse Profile(UserView user) => new(
        user.Id, user.Username, user.DisplayName, user.Bio, user.AvatarUrl, user.Role, user.Points.Points, user.Points.Level, null, null, null,
        StatsResponse.Of(user.Counters), user.CreatedAt);

    private static StatsResponse Stats(UserRow row) => StatsResponse.Of(new Counters
    {
        Contents = row.Contents,
        Comments = row.Comments,
        Entries = row.Entries,
        Battles = row.Battles,
        Wins = row.Wins,
        Votes = row.Votes,
    });
}
