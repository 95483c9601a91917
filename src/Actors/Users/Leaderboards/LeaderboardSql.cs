using System.Collections.Frozen;
using System.Globalization;
using LinqToDB.Data;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>
/// The statements that find places and ranks, the same text on both databases. A rank is taken in the statement that reads the rows, so it belongs to them: the
/// sum of the blocks that end before a place, and the count of the places between the last of these ends and it.
/// </summary>
/// <remarks>
/// An index of PostgreSQL is read from a comparison of rows on, but where one ends, only its first column says so: with thousands who have the same points, the
/// scan goes on to the last of them. So the count takes the points apart: those of the block's end, those of the place, and those in between. A plan for all values is
/// kept only where it seems to cost no more than a plan for each, and an unknown limit is taken for a tenth of the table, so that limits stand in the text.
/// </remarks>
internal static class LeaderboardSql
{
    private static readonly int[] Steps = [Keyset.DefaultLimit + 1, Keyset.MaxLimit / 2 + 1, Keyset.MaxLimit + 1];

    private const string Shown = "number, user_id, username, display_name, avatar_url, all_key";

    private static readonly FrozenDictionary<Board, string> Places = Each(board => $"""
        select {board.Key} as key, {board.Since} as since, number from leaderboard
        where {board.Key} < 0 and ({board.Key}, {board.Since}, number) > (@fromKey, @fromSince, @fromNumber)
            and ({board.Key}, {board.Since}, number) <= (@key, @since, @number)
        order by {board.Key}, {board.Since}, number limit @many
        """);

    private const string Blocks = """
        select * from leaderboard_blocks
        where board = @board
            and (key, since, number) >= (
                select key, since, number from leaderboard_blocks where board = @board and (key, since, number) < (@fromKey, @fromSince, @fromNumber)
                order by key desc, since desc, number desc limit 1)
            and (key, since, number) <= (
                select key, since, number from (
                    select key, since, number from leaderboard_blocks where board = @board and (key, since, number) >= (@key, @since, @number)
                    order by key, since, number limit 2) behind
                order by key desc, since desc, number desc limit 1)
        order by key, since, number
        """;

    private static readonly FrozenDictionary<Board, string> After = Each(board => $"""
        with place as (select cast(@key as bigint) as key, cast(@since as bigint) as since, cast(@number as bigint) as number), {Block(board)}
        select {Ahead(board, "<=")} as ahead, page.* from (
            select {Shown}, {board.Key} as key, {board.Since} as since from leaderboard
            where {board.Key} < 0 and ({board.Key}, {board.Since}, number) > (@key, @since, @number)
            order by {board.Key}, {board.Since}, number limit 
        """);

    private static readonly FrozenDictionary<Board, string> Around = Each(board => $"""
        with place as (select {board.Key} as key, {board.Since} as since, number from leaderboard where user_id = @user and {board.Key} < 0), {Block(board)}
        select {Ahead(board, "<")} as ahead, around.* from (
            select * from (
                select {Shown}, {board.Key} as key, {board.Since} as since from leaderboard
                where {board.Key} < 0 and ({board.Key}, {board.Since}, number) < (select key, since, number from place)
                order by {board.Key} desc, {board.Since} desc, number desc limit {LeaderboardListings.Neighbours}) before
            union all
            select * from (
                select {Shown}, {board.Key} as key, {board.Since} as since from leaderboard
                where {board.Key} < 0 and ({board.Key}, {board.Since}, number) >= (select key, since, number from place)
                order by {board.Key}, {board.Since}, number limit {LeaderboardListings.Neighbours + 1}) behind) around
        order by key, since, number
        """);

    /// <summary>The blocks of two places and of all in between, with one before and, where there is one, one after.</summary>
    public static Task<List<BlockRow>> BlocksAsync(DataConnection database, Board board, Place first, Place last, CancellationToken cancellation) =>
        database.QueryToListAsync<BlockRow>(Blocks, cancellation, [new DataParameter("board", (int)board), .. From(first), .. Of(last)]);

    /// <summary>The places of a board after one, up to another.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="board">The board.</param>
    /// <param name="after">The place before them.</param>
    /// <param name="last">The last one.</param>
    /// <param name="many">The most that are read: behind the last one the scan goes on through all who have the same points.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<Place>> PlacesAsync(DataConnection database, Board board, Place after, Place last, long many, CancellationToken cancellation)
    {
        var rows = await database.QueryToListAsync<PlaceRow>(
            Places[board],
            cancellation,
            [.. From(after), .. Of(last), new DataParameter("many", many)]);
        return [.. rows.Select(row => new Place(row.Key, row.Since, row.Number))];
    }

    /// <summary>Those who stand after a place.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="board">The board.</param>
    /// <param name="place">The place.</param>
    /// <param name="many">At least so many, if there are: each number in the text would be a statement to plan and to keep.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<List<PersonRow>> AfterAsync(DataConnection database, Board board, Place place, int many, CancellationToken cancellation) =>
        database.QueryToListAsync<PersonRow>(string.Create(CultureInfo.InvariantCulture, $"{After[board]}{Steps.First(step => step >= many)}) page order by key, since, number"), cancellation, Of(place));

    /// <summary>Somebody and those around; nobody when they are not on the board. <see cref="PersonRow.Ahead"/> counts those ahead of them.</summary>
    public static Task<List<PersonRow>> AroundAsync(DataConnection database, Board board, string userId, CancellationToken cancellation) =>
        database.QueryToListAsync<PersonRow>(Around[board], cancellation, new DataParameter("user", userId));

    /// <summary>The end of the last block before the place.</summary>
    private static string Block(Columns board) => $"""
        block as (
            select key, since, number from leaderboard_blocks where board = {board.Number} and (key, since, number) < (select key, since, number from place)
            order by key desc, since desc, number desc limit 1)
        """;

    private static string Ahead(Columns board, string within) => $"""
        cast((select coalesce(sum(people), 0) from leaderboard_blocks where board = {board.Number} and (key, since, number) < (select key, since, number from place)) as bigint)
        + (select count(*) from leaderboard
            where {board.Key} < 0 and {board.Key} = (select key from block) and {board.Key} < (select key from place)
                and ({board.Since}, number) > (select since, number from block))
        + (select count(*) from leaderboard where {board.Key} < 0 and {board.Key} > (select key from block) and {board.Key} < (select key from place))
        + (select count(*) from leaderboard
            where {board.Key} < 0 and {board.Key} = (select key from place) and ({board.Since}, number) {within} (select since, number from place)
                and ({board.Since}, number) > (
                    select case when block.key = place.key then block.since else -1 end, case when block.key = place.key then block.number else -1 end
                    from block, place))
        """;

    private static DataParameter[] From(Place place) =>
        [new DataParameter("fromKey", place.Key), new DataParameter("fromSince", place.Since), new DataParameter("fromNumber", place.Number)];

    private static DataParameter[] Of(Place place) =>
        [new DataParameter("key", place.Key), new DataParameter("since", place.Since), new DataParameter("number", place.Number)];

    private static FrozenDictionary<Board, string> Each(Func<Columns, string> sql) => Boards.All.ToFrozenDictionary(board => board, board => sql(new Columns(
        (int)board,
        board switch { Board.All => "all_key", Board.Day => "day_key", Board.Week => "week_key", _ => "month_key" },
        board == Board.All ? "all_since" : "credited_at")));

    /// <param name="Number">The board in <c>leaderboard_blocks</c>.</param>
    /// <param name="Key">The column with minus the points.</param>
    /// <param name="Since">The column that says since when.</param>
    private sealed record Columns(int Number, string Key, string Since);

    private sealed record PlaceRow
    {
        [Column("key")]
        public long Key { get; init; }

        [Column("since")]
        public long Since { get; init; }

        [Column("number")]
        public long Number { get; init; }
    }
}

/// <summary>Somebody on a board.</summary>
internal sealed record PersonRow
{
    /// <summary>How many are ahead of whom the statement asked for.</summary>
    [Column("ahead")]
    public long Ahead { get; init; }

    [Column("key")]
    public long Key { get; init; }

    [Column("since")]
    public long Since { get; init; }

    [Column("number")]
    public long Number { get; init; }

    [Column("user_id")]
    public string UserId { get; init; } = "";

    [Column("username")]
    public string Username { get; init; } = "";

    [Column("display_name")]
    public string? DisplayName { get; init; }

    [Column("avatar_url")]
    public string? AvatarUrl { get; init; }

    /// <summary>Minus the balance.</summary>
    [Column("all_key")]
    public long AllKey { get; init; }

    /// <summary>Where they stand.</summary>
    public Place Place => new(Key, Since, Number);
}
