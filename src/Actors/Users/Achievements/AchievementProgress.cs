namespace WildNOut.Actors.Users.Achievements;

/// <summary>
/// How far a user has come and what was earned. Progress belongs to criteria, not to achievements: so a new achievement finds it there, and one that
/// is defined no more takes nothing away.
/// </summary>
/// <param name="Counters">What the user did.</param>
/// <param name="Earned">By achievement id.</param>
public readonly record struct AchievementProgress(Counters Counters, IReadOnlyDictionary<string, EarnedAchievement> Earned)
{
    /// <summary>The most of a criterion there ever was: what decides whether an achievement is earned. It never falls.</summary>
    public long Best(Criterion criterion) => criterion switch
    {
        Criterion.ContentCreated => Counters.Contents,
        Criterion.BattleEntries => Counters.Entries,
        Criterion.BattleParticipations => Counters.Battles,
        Criterion.BattleVictories => Counters.Wins,
        Criterion.ContentReactions => Counters.Reactions,
        Criterion.Followers => Counters.Followers,
        Criterion.VotesCast => Counters.Votes,
        Criterion.CommentsCreated => Counters.Comments,
        Criterion.TokenHoldings => Counters.Tokens,
        Criterion.LoginStreakDays => Counters.Seen.Longest,
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "There is no such criterion."),
    };

    /// <summary>What counts towards an achievement that is not earned: a streak that was broken does not help the next one.</summary>
    public long Toward(Criterion criterion) => criterion == Criterion.LoginStreakDays ? Counters.Seen.Newest : Best(criterion);

    /// <summary>The same as it stands on a day, when a streak may be broken by now.</summary>
    public long TowardOn(Criterion criterion, DateOnly today) =>
        criterion == Criterion.LoginStreakDays ? Counters.Seen.At(today) : Best(criterion);
}

/// <summary>An achievement that a user has, as it was when it was earned: its definition may change or go.</summary>
/// <param name="Id">The achievement.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What was done for it.</param>
/// <param name="Category">What it is listed under.</param>
/// <param name="Hidden">Whether only its owner sees it.</param>
/// <param name="Points">What it gave.</param>
/// <param name="At">When.</param>
public sealed record EarnedAchievement(string Id, string Name, string Description, string Category, bool Hidden, long Points, DateTimeOffset At)
{
    /// <summary>What an event gave.</summary>
    public static EarnedAchievement Of(AchievementEarned e) => new(e.AchievementId, e.Name, e.Description, e.Category, e.Hidden, e.Points, e.At);
}
