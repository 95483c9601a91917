using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>An achievement of a user in the read model, as it was when it was earned. Instants are unix milliseconds.</summary>
[Table("user_achievements")]
public sealed record AchievementRow
{
    /// <summary>The user.</summary>
    [Column("user_id"), PrimaryKey(0)]
    public string UserId { get; init; } = "";

    /// <summary>The achievement.</summary>
    [Column("achievement_id"), PrimaryKey(1)]
    public string AchievementId { get; init; } = "";

    /// <summary>For people.</summary>
    [Column("name")]
    public string Name { get; init; } = "";

    /// <summary>What it was listed under.</summary>
    [Column("category")]
    public string Category { get; init; } = "";

    /// <summary>Whether only its owner saw it.</summary>
    [Column("hidden")]
    public bool Hidden { get; init; }

    /// <summary>What it gave.</summary>
    [Column("points")]
    public long Points { get; init; }

    /// <summary>When.</summary>
    [Column("earned_at")]
    public long EarnedAt { get; init; }
}

/// <summary>Achievements as the read model knows them; it follows the users within a second.</summary>
public sealed class AchievementTables(ReadModelDatabase database)
{
    /// <summary>What a user has earned, by time.</summary>
    public async Task<IReadOnlyList<AchievementRow>> OfUserAsync(string userId, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        return await connection.GetTable<AchievementRow>()
            .Where(row => row.UserId == userId)
            .OrderBy(row => row.EarnedAt).ThenBy(row => row.AchievementId)
            .ToListAsync(cancellation);
    }
}
