using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>The boards with tiny blocks and tiny steps, so that a few people make many of each.</summary>
internal sealed class LeaderboardBench(ReadModelDatabase database)
{
    public static readonly BlockSizes Tiny = new(6, 3, 2);

    private readonly LeaderboardProjection _projection = new(Tiny);
    private readonly LeaderboardRoll _roll = new(database, Tiny, atOnce: 3);

    public LeaderboardListings Listings { get; } = new(database);

    /// <summary>Empty boards whose windows have not moved yet.</summary>
    public async Task ResetAsync()
    {
        await using var connection = database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await _projection.ResetAsync(connection, default);
        await connection.ExecuteAsync("update leaderboard_marks set day_hour = 0, day_number = 0, week_hour = 0, week_number = 0, month_hour = 0, month_number = 0");
        await transaction.CommitAsync();
    }

    /// <summary>A run of events, as the projection's worker would apply it.</summary>
    public async Task ApplyAsync(IEnumerable<IUserEvent> events)
    {
        JournalEvent[] run = [.. events.Select((e, index) => new JournalEvent(1, $"user:{e.UserId}", 1, index, e))];
        await using var connection = database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await _projection.ApplyAsync(connection, run, default);
        await transaction.CommitAsync();
    }

    /// <summary>One step of the windows.</summary>
    public Task<bool> StepAsync(DateTimeOffset now) => _roll.StepAsync(now);

    /// <summary>Moves the windows to where they belong.</summary>
    public async Task RollAsync(DateTimeOffset now)
    {
        while (await _roll.StepAsync(now))
        {
        }
    }

    /// <summary>Compares every board, page by page, everybody's own rank and neighbours, and the counts behind them with what they must be.</summary>
    public async Task EqualsAsync(LeaderboardLedger ledger, long hour, int limit)
    {
        foreach (var board in Boards.All)
        {
            var expected = ledger.Board(board, hour);
            Assert.Equal(expected, await PagesAsync(board, limit));
            foreach (var userId in ledger.Users)
            {
                var standing = await Listings.StandingAsync(board, userId);
                var index = expected.ToList().FindIndex(item => item.UserId == userId);
                Assert.Equal((board, index < 0 ? null : index + 1, index < 0 ? 0 : expected[index].Points), (standing.Timeframe, standing.Rank, standing.Points));
                Assert.Equal(
                    index < 0 ? [] : expected.Skip(index - LeaderboardListings.Neighbours).Take(Math.Min(index, LeaderboardListings.Neighbours) + 1 + LeaderboardListings.Neighbours),
                    standing.Items);
            }

            await using var connection = database.Open();
            var blocks = await connection.QueryToListAsync<long>($"select people from leaderboard_blocks where board = {(int)board}");
            Assert.Equal(expected.Count, blocks.Sum());
            Assert.All(blocks, people => Assert.InRange(people, 0, Tiny.Most));
        }
    }

    private async Task<IReadOnlyList<LeaderboardItem>> PagesAsync(Board board, int limit)
    {
        var items = new List<LeaderboardItem>();
        string? cursor = null;
        do
        {
            var page = (await Listings.PageAsync(board, cursor, limit))!;
            Assert.Equal(board, page.Timeframe);
            Assert.InRange(page.Items.Count, cursor is null ? 0 : 1, limit);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return items;
    }
}
