using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>Moves the windows of the boards on: what leaves a window is taken out of the standings there.</summary>
/// <param name="database">Where they are.</param>
/// <param name="sizes">How large blocks are.</param>
/// <param name="atOnce">The most buckets of one step: a step holds the projection up for as long as it takes.</param>
public sealed class LeaderboardRoll(ReadModelDatabase database, BlockSizes sizes, int atOnce = 2_000)
{
    private readonly LeaderboardWriter _writer = new(sizes);

    /// <summary>With the sizes of a deployment.</summary>
    public LeaderboardRoll(ReadModelDatabase database)
        : this(database, BlockSizes.Default)
    {
    }

    /// <summary>Does one step, in a transaction of its own. False when there was nothing to do: every window is where it belongs.</summary>
    public async Task<bool> StepAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var marks = await LeaderboardWriter.HoldAsync(connection, cancellation);
        foreach (var board in Boards.Rolling)
        {
            var end = Bucket.EndOf(Boards.HourOf(now) - board.Hours());
            if (marks.Left(board) < end)
            {
                await StepAsync(connection, marks, board, end, cancellation);
                await transaction.CommitAsync(cancellation);
                return true;
            }
        }

        return false;
    }

    private async Task StepAsync(DataConnection connection, MarksRow marks, Board board, Bucket end, CancellationToken cancellation)
    {
        var (hour, number) = marks.Left(board);
        var buckets = await connection.GetTable<BucketRow>()
            .Where(row => Sql.Row(row.Hour, row.Number) > Sql.Row(hour, number) && row.Hour <= end.Hour)
            .OrderBy(row => row.Hour).ThenBy(row => row.Number)
            .Take(atOnce)
            .ToListAsync(cancellation);
        var last = buckets.Count < atOnce ? end : new Bucket(buckets[^1].Hour, buckets[^1].Number);
        var people = await connection.ListAmongAsync((RankedRow row) => row.Number, buckets.Select(bucket => bucket.Number).Distinct(), cancellation);

        var changes = new LeaderboardChanges(marks, people);
        changes.Leave(board, buckets, last);
        await _writer.WriteAsync(connection, changes, cancellation);
        if (board == Board.Month)
        {
            await connection.GetTable<BucketRow>().Where(row => Sql.Row(row.Hour, row.Number) <= Sql.Row(last.Hour, last.Number)).DeleteAsync(cancellation);
        }
    }
}
