using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Web.Endpoints;

/// <summary>What a user has earned and how far they are: all of it for the user, what is earned and not hidden for everybody else.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Earned">How many of those that are defined.</param>
/// <param name="Total">How many are defined, as far as the reader may know of them.</param>
/// <param name="Percent">Earned of total, rounded down; 0 where there are none.</param>
/// <param name="Points">What they gave, also those that are defined no more.</param>
/// <param name="Categories">In the order of the configuration.</param>
public sealed record AchievementsResponse(
    string UserId, int Earned, int Total, int Percent, long Points, IReadOnlyList<AchievementCategoryResponse> Categories)
{
    /// <summary>The achievements of a user as one reader sees them.</summary>
    /// <param name="catalogue">What is defined.</param>
    /// <param name="view">How the user stands.</param>
    /// <param name="own">Whether the reader is the user.</param>
    public static AchievementsResponse Of(AchievementCatalogue catalogue, AchievementsView view, bool own)
    {
        var earned = view.Earned.ToDictionary(achievement => achievement.Id, StringComparer.Ordinal);
        var known = catalogue.All.Where(achievement => own || !achievement.Hidden).ToList();
        var items = known
            .Where(achievement => own || earned.ContainsKey(achievement.Id))
            .Select(achievement => (achievement.Category, Item: AchievementResponse.Of(achievement, view, earned.GetValueOrDefault(achievement.Id), own)))
            .Concat(view.Earned.Where(kept => catalogue.Find(kept.Id) is null && (own || !kept.Hidden)).Select(kept => (kept.Category, Item: AchievementResponse.Of(kept))))
            .ToList();
        var count = known.Count(achievement => earned.ContainsKey(achievement.Id));
        return new AchievementsResponse(
            view.UserId,
            count,
            known.Count,
            known.Count == 0 ? 0 : count * 100 / known.Count,
            items.Where(row => row.Item.Earned).Sum(row => row.Item.Points),
            [.. items.GroupBy(row => row.Category, row => row.Item, StringComparer.Ordinal).Select(group => AchievementCategoryResponse.Of(group.Key, known, earned.Keys, [.. group]))]);
    }
}

/// <summary>The achievements of one category.</summary>
/// <param name="Category">Its name in the configuration.</param>
/// <param name="Earned">How many of those that are defined.</param>
/// <param name="Total">How many are defined, as far as the reader may know of them.</param>
/// <param name="Items">In the order of the configuration, those that are defined no more last.</param>
public sealed record AchievementCategoryResponse(string Category, int Earned, int Total, IReadOnlyList<AchievementResponse> Items)
{
    /// <summary>A category with its counts.</summary>
    public static AchievementCategoryResponse Of(
        string category, IReadOnlyList<Achievement> known, IReadOnlyCollection<string> earned, IReadOnlyList<AchievementResponse> items)
    {
        var mine = known.Where(achievement => achievement.Category == category).ToList();
        return new AchievementCategoryResponse(category, mine.Count(achievement => earned.Contains(achievement.Id)), mine.Count, items);
    }
}

/// <summary>One achievement.</summary>
/// <param name="Id">Its name for ever.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What to do for it; null while it is hidden and not earned.</param>
/// <param name="Points">What earning it gives, or gave.</param>
/// <param name="Hidden">Whether only those who have it learn how it is earned.</param>
/// <param name="Retired">Whether it can be earned no more.</param>
/// <param name="Earned">Whether the user has it.</param>
/// <param name="EarnedAt">Since when.</param>
/// <param name="Criteria">What counts; null while it is hidden and not earned, and where it is retired.</param>
/// <param name="Progress">How far the user is; null where there are no criteria, and for other readers than the user.</param>
public sealed record AchievementResponse(
    string Id,
    string Name,
    string? Description,
    long Points,
    bool Hidden,
    bool Retired,
    bool Earned,
    DateTimeOffset? EarnedAt,
    AchievementCriteriaResponse? Criteria,
    AchievementProgressResponse? Progress)
{
    /// <summary>One that is defined.</summary>
    public static AchievementResponse Of(Achievement achievement, AchievementsView view, EarnedAchievement? earned, bool own)
    {
        var secret = achievement.Hidden && earned is null;
        return new AchievementResponse(
            achievement.Id,
            achievement.Name,
            secret ? null : achievement.Description,
            earned?.Points ?? achievement.Points,
            achievement.Hidden,
            false,
            earned is not null,
            earned?.At,
            secret ? null : new AchievementCriteriaResponse(achievement.Criterion, achievement.Threshold),
            secret || !own ? null : AchievementProgressResponse.Of(achievement, view, earned is not null));
    }

    /// <summary>One that is defined no more, as it was when it was earned.</summary>
    public static AchievementResponse Of(EarnedAchievement kept) =>
        new(kept.Id, kept.Name, kept.Description, kept.Points, kept.Hidden, true, true, kept.At, null, null);
}

/// <summary>What an achievement needs.</summary>
/// <param name="Type">What counts.</param>
/// <param name="Threshold">How much of it; whole tokens for holdings, days for a streak.</param>
public sealed record AchievementCriteriaResponse(Criterion Type, long Threshold);

/// <summary>How far a user is.</summary>
/// <param name="Current">What counts by now: the best there was once it is earned, and of a streak the one that is under way before that.</param>
/// <param name="Percent">Of the threshold, rounded down, at most 100.</param>
public sealed record AchievementProgressResponse(long Current, int Percent)
{
    /// <summary>The progress towards an achievement.</summary>
    public static AchievementProgressResponse Of(Achievement achievement, AchievementsView view, bool earned)
    {
        var current = earned ? view.Progress.Best(achievement.Criterion) : view.Progress.TowardOn(achievement.Criterion, DateOnly.FromDateTime(view.At.UtcDateTime));
        return new AchievementProgressResponse(current, earned ? 100 : (int)(Math.Min(current, achievement.Threshold) * 100 / achievement.Threshold));
    }
}
