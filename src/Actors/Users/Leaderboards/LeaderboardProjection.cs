using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.Projections;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>Keeps everybody's standing on every board.</summary>
/// <param name="sizes">How large blocks are.</param>
public sealed class LeaderboardProjection(BlockSizes sizes) : Projection
{
    /// <summary>The key of the offset.</summary>
    public const string Key = "leaderboards";

    private readonly LeaderboardWriter _writer = new(sizes);

    /// <summary>With blocks as large as a million people need them.</summary>
    public LeaderboardProjection()
        : this(BlockSizes.Default)
    {
    }

    /// <inheritdoc />
    public override string Name => Key;

    /// <summary>The windows stay where they are, so that a rebuild passes over what has left them.</summary>
    public override async Task ResetAsync(DataConnection database, CancellationToken cancellation)
    {
        var marks = await LeaderboardWriter.HoldAsync(database, cancellation);
        foreach (var table in new[] { "leaderboard", "leaderboard_buckets", "leaderboard_blocks" })
        {
            await database.EmptyAsync(table, cancellation);
        }

        foreach (var (board, end) in Boards.All.SelectMany(board => new[] { (board, Place.Start), (board, Place.End) }))
        {
            await database.InsertAsync(new BlockRow { Board = (int)board, Key = end.Key, Since = end.Since, Number = end.Number }, token: cancellation);
        }

        await database.UpdateAsync(marks with { NextNumber = 1 }, token: cancellation);
    }

    /// <inheritdoc />
    public override async Task ApplyAsync(DataConnection database, IReadOnlyList<JournalEvent> events, CancellationToken cancellation)
    {
        var touched = LeaderboardChanges.Touched(events);
        if (touched.Count == 0)
        {
            return;
        }

        var marks = await LeaderboardWriter.HoldAsync(database, cancellation);
        var known = await database.ListAmongAsync((RankedRow row) => row.UserId, touched, cancellation);

        var changes = new LeaderboardChanges(marks, known);
        changes.Apply(events);
        await _writer.WriteAsync(database, changes, cancellation);
    }
}
