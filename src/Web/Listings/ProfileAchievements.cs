using WildNOut.Actors.Users.Achievements;
using WildNOut.Web.Endpoints;

namespace WildNOut.Web.Listings;

/// <summary>What a profile shows of achievements: those that are earned and not hidden, out of the read model.</summary>
/// <param name="tables">What was earned.</param>
/// <param name="catalogue">How it is defined by now.</param>
public sealed class ProfileAchievements(AchievementTables tables, AchievementCatalogue catalogue)
{
    /// <summary>The achievements of a user, by time.</summary>
    public async Task<IReadOnlyList<ProfileAchievementResponse>> OfUserAsync(string userId, CancellationToken cancellation) =>
        Shown(await tables.OfUserAsync(userId, cancellation));

    /// <summary>Of what somebody has earned, what everybody sees.</summary>
    public IReadOnlyList<ProfileAchievementResponse> Shown(IEnumerable<AchievementRow> earned) =>
    [
        .. from row in earned
           let defined = catalogue.Find(row.AchievementId)
           where !(defined?.Hidden ?? row.Hidden)
           select new ProfileAchievementResponse(
               row.AchievementId, defined?.Name ?? row.Name, defined?.Category ?? row.Category, row.Points, DateTimeOffset.FromUnixTimeMilliseconds(row.EarnedAt)),
    ];
}
