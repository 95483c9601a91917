using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>
/// Writes changed standings, and the blocks of the boards with them, in the caller's transaction. So whoever reads both in one statement reads exact ranks.
/// </summary>
internal sealed class LeaderboardWriter(BlockSizes sizes)
{
    private const string UpsertRanked = """
        insert into leaderboard (number, user_id, username, display_name, avatar_url, all_key, all_since, day_key, week_key, month_key, credited_at) {rows}
        on conflict (number) do update set username = excluded.username, display_name = excluded.display_name, avatar_url = excluded.avatar_url,
            all_key = excluded.all_key, all_since = excluded.all_since, day_key = excluded.day_key, week_key = excluded.week_key,
            month_key = excluded.month_key, credited_at = excluded.credited_at
        """;

    private const string UpsertBuckets = """
        insert into leaderboard_buckets (hour, number, credits) {rows}
        on conflict (hour, number) do update set credits = leaderboard_buckets.credits + excluded.credits
        """;

    private const string UpsertBlocks = """
        insert into leaderboard_blocks (board, key, since, number, people) {rows}
        on conflict (board, key, since, number) do update set people = excluded.people
        """;

    private const string DeleteRanked = "delete from leaderboard where number in ({rows})";

    private const string DeleteBlocks = "delete from leaderboard_blocks where (board, key, since, number) in ({rows})";

    /// <summary>Waits until nobody else writes standings, and says how far the windows have moved.</summary>
    public static async Task<MarksRow> HoldAsync(DataConnection database, CancellationToken cancellation)
    {
        // A transaction on SQLite is the only one that writes.
        var sql = database.IsPostgres() ? "select * from leaderboard_marks for update" : "select * from leaderboard_marks";
        return (await database.QueryToListAsync<MarksRow>(sql, cancellation)).Single();
    }

    /// <summary>Writes; the caller holds the marks.</summary>
    public async Task WriteAsync(DataConnection database, LeaderboardChanges changes, CancellationToken cancellation)
    {
        // First, because whoever comes back has a row of their own then.
        await database.RunAsync(DeleteRanked, cancellation, changes.Gone.ToArray());
        await WriteRankedAsync(database, [.. changes.Changed], cancellation);
        await database.RunAsync(
            UpsertBuckets,
            cancellation,
            changes.Credits.Keys.Select(bucket => bucket.Hour).ToArray(),
            changes.Credits.Keys.Select(bucket => bucket.Number).ToArray(),
            changes.Credits.Values.ToArray());
        await WriteBlocksAsync(database, changes, cancellation);
        await database.UpdateAsync(changes.Marks, token: cancellation);
    }

    private static Task WriteRankedAsync(DataConnection database, IReadOnlyList<RankedRow> rows, CancellationToken cancellation) => database.RunAsync(
        UpsertRanked,
        cancellation,
        rows.Select(row => row.Number).ToArray(),
        rows.Select(row => row.UserId).ToArray(),
        rows.Select(row => row.Username).ToArray(),
        rows.Select(row => row.DisplayName).ToArray(),
        rows.Select(row => row.AvatarUrl).ToArray(),
        rows.Select(row => row.AllKey).ToArray(),
        rows.Select(row => row.AllSince).ToArray(),
        rows.Select(row => row.DayKey).ToArray(),
        rows.Select(row => row.WeekKey).ToArray(),
        rows.Select(row => row.MonthKey).ToArray(),
        rows.Select(row => row.CreditedAt).ToArray());

    private async Task WriteBlocksAsync(DataConnection database, LeaderboardChanges changes, CancellationToken cancellation)
    {
        var gone = new List<BlockRow>();
        var changed = new List<BlockRow>();
        foreach (var board in Boards.All)
        {
            if (changes.Moves(board).ToList() is { Count: > 0 } moves)
            {
                var blocks = await BlocksAsync(database, board, moves, cancellation);
                gone.AddRange(blocks.Gone.Select(last => Row(board, last, 0)));
                changed.AddRange(blocks.Changed.Select(block => Row(board, block.Last, block.People)));
            }
        }

        await database.RunAsync(DeleteBlocks, cancellation, BoardsOf(gone), Keys(gone), Sinces(gone), Numbers(gone));
        await database.RunAsync(UpsertBlocks, cancellation, BoardsOf(changed), Keys(changed), Sinces(changed), Numbers(changed), changed.Select(row => row.People).ToArray());
    }

    /// <summary>The blocks of a board after moves; the standings are written already.</summary>
    private async Task<RankBlocks> BlocksAsync(
        DataConnection database, Board board, IReadOnlyList<(Place? From, Place? To)> moves, CancellationToken cancellation)
    {
        var touched = moves.SelectMany(move => new[] { move.From, move.To }).OfType<Place>().ToList();
        var rows = await LeaderboardSql.BlocksAsync(database, board, touched.Min(), touched.Max(), cancellation);
        var blocks = new RankBlocks(rows.Select(row => (new Place(row.Key, row.Since, row.Number), row.People)));
        foreach (var (from, to) in moves)
        {
            blocks.Move(from, to);
        }

        blocks.Join(sizes);
        foreach (var (after, last, people) in blocks.TooLarge(sizes))
        {
            var places = await LeaderboardSql.PlacesAsync(database, board, after, last, people + 1, cancellation);
            if (places.Count != people)
            {
                throw new InvalidOperationException($"A block of the board {board} says {people} people and has another number of them; rebuild the projection.");
            }

            blocks.Cut(last, places, sizes);
        }

        return blocks;
    }

    private static BlockRow Row(Board board, Place last, long people) =>
        new() { Board = (int)board, Key = last.Key, Since = last.Since, Number = last.Number, People = people };

    private static int[] BoardsOf(IEnumerable<BlockRow> rows) => [.. rows.Select(row => row.Board)];

    private static long[] Keys(IEnumerable<BlockRow> rows) => [.. rows.Select(row => row.Key)];

    private static long[] Sinces(IEnumerable<BlockRow> rows) => [.. rows.Select(row => row.Since)];

    private static long[] Numbers(IEnumerable<BlockRow> rows) => [.. rows.Select(row => row.Number)];
}
