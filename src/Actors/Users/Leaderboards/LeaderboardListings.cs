using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>Boards out of the read model. They follow the users within a second, and ranks belong to the rows beside them whatever moves meanwhile.</summary>
public sealed class LeaderboardListings(ReadModelDatabase database)
{
    /// <summary>How many people on each side are neighbours.</summary>
    public const int Neighbours = 5;

    /// <summary>The cursor that goes on after a place.</summary>
    public static string CursorOf(Board board, Place place) => place.ToCursor(OrderOf(board));

    /// <summary>A page of a board; null when the cursor is damaged or belongs to another one.</summary>
    /// <param name="board">The board.</param>
    /// <param name="cursor">Where the page before ended; null for the top.</param>
    /// <param name="limit">1 to <see cref="Keyset.MaxLimit"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<LeaderboardPage?> PageAsync(Board board, string? cursor, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Keyset.MaxLimit);
        if ((cursor is null ? Place.Start : Place.FromCursor(OrderOf(board), cursor)) is not { } place)
        {
            return null;
        }

        await using var connection = database.Open();
        var rows = await LeaderboardSql.AfterAsync(connection, board, place, limit + 1, cancellation);
        var more = rows.Count > limit;
        return new LeaderboardPage(
            board,
            [.. rows.Take(limit).Select((row, index) => Item(row, row.Ahead + index + 1))],
            more ? CursorOf(board, rows[limit - 1].Place) : null);
    }

    /// <summary>Where somebody stands, and who stands around.</summary>
    public async Task<LeaderboardStanding> StandingAsync(Board board, string userId, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var rows = await LeaderboardSql.AroundAsync(connection, board, userId, cancellation);
        var me = rows.FindIndex(row => row.UserId == userId);
        return me < 0
            ? new LeaderboardStanding(board, null, 0, [])
            : new LeaderboardStanding(board, rows[me].Ahead + 1, -rows[me].Key, [.. rows.Select((row, index) => Item(row, row.Ahead + 1 + index - me))]);
    }

    private static string OrderOf(Board board) => $"leaderboard {board}";

    private static LeaderboardItem Item(PersonRow row, long rank) =>
        new(rank, row.UserId, row.Username, row.DisplayName, row.AvatarUrl, -row.Key, Levels.Of(-row.AllKey));
}
