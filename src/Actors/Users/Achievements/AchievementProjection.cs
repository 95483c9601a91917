using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Achievements;

/// <summary>Keeps what users have earned in the read model, for profiles. An achievement of a user has one row, so that it can be earned once only.</summary>
public sealed class AchievementProjection : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "achievements";

    private const int AtOnce = 500;

    /// <inheritdoc />
    public override string Name => Key;

    /// <inheritdoc />
    public override Task ResetAsync(DataConnection database, CancellationToken cancellation) => database.ExecuteAsync("delete from user_achievements", cancellation);

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var earned = events.Select(happened => happened.Event).OfType<AchievementEarned>().Select(RowOf).ToList();
        await database.InsertAllAsync(earned, cancellation);

        // Whoever is gone earns nothing more, so the order within the run does not matter.
        foreach (var gone in events.Select(happened => happened.Event).OfType<UserDeleted>().Select(deleted => deleted.UserId).Chunk(AtOnce))
        {
            await database.Among((AchievementRow row) => row.UserId, gone).DeleteAsync(cancellation);
        }
    }

    private static AchievementRow RowOf(AchievementEarned e) => new()
    {
        UserId = e.UserId,
        AchievementId = e.AchievementId,
        Name = e.Name,
        Category = e.Category,
        Hidden = e.Hidden,
        Points = e.Points,
        EarnedAt = e.At.ToUnixTimeMilliseconds(),
    };
}
