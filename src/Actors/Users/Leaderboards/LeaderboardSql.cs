using System.Collections.Frozen;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace WildNOut.Actors.Users.Leaderboards;

/// <summary>
/// The statements that find places and ranks, the same text on both databases. A rank is taken in the statement that reads the rows, so it belongs to them: the
/// sum of the blocks that end before a place, and the count of the places between the last of these ends and it.
/// </summary>
internal static class LeaderboardSql
{
    private const string Shown = "number, user_id, username, display_name, avatar_url, all_key";

    private static readonly FrozenDictionary<Board, string> Places = Each(board => $"""
        select {board.Key} as key, {board.Since} as since, number from leaderboard
        where {board.Key} < 0 and ({board.Key}, {board.Since}, number) > (@fromKey, @fromSince, @fromNumber)
            and ({board.Key}, {board.Since}, number) <= (@key, @since, @number)
        order by {board.Key}, {board.Since}, number
        """);

    private static readonly FrozenDictionary<Board, string> After = Each(board => $"""
        select {Ahead(board, "<=", "@key, @since, @number")} as ahead, page.* from (
            select {Shown}, {board.Key} as key, {board.Since} as since from leaderboard
            where {board.Key} < 0 and ({board.Key}, {board.Since}, number) > (@key, @since, @number)
            order by {board.Key}, {board.Since}, number limit @many) page
        order by key, since, number
        """);

    private static readonly FrozenDictionary<Board, string> Around = Each(board => $"""
        with me as (select {board.Key} as key, {board.Since} as since, number from leaderboard where user_id = @user and {board.Key} < 0)
        select {Ahead(board, "<", "select key, since, number from me")} as ahead, around.* from (
            select * from (
                select {Shown}, {board.Key} as key, {board.Since} as since from leaderboard
                where {board.Key} < 0 and ({board.Key}, {board.Since}, number) < (select key, since, number from me)
                order by {board.Key} desc, {board.Since} desc, number desc limit @many) before
            union all
            select * from (
                select {Shown}, {board.Key} as key, {board.Since} as since from leaderboard
                where {board.Key} < 0 and ({board.Key}, {board.Since}, number) >= (select key, since, number from me)
                order by {board.Key}, {board.Since}, number limit @many + 1) behind) around
        order by key, since, number
        """);

    /// <summary>The places of a board after one, up to another.</summary>
    public static async Task<IReadOnlyList<Place>> PlacesAsync(DataConnection database, Board board, Place after, Place last, CancellationToken cancellation)
    {
        var rows = await database.QueryToListAsync<PlaceRow>(
            Places[board],
            cancellation,
            [new DataParameter("fromKey", after.Key), new DataParameter("fromSince", after.Since), new DataParameter("fromNumber", after.Number), .. Of(last)]);
        return [.. rows.Select(row => new Place(row.Key, row.Since, row.Number))];
    }

    /// <summary>Those who stand after a place.</summary>
    public static Task<List<PersonRow>> AfterAsync(DataConnection database, Board board, Place place, int many, CancellationToken cancellation) =>
        database.QueryToListAsync<PersonRow>(After[board], cancellation, [.. Of(place), new DataParameter("many", many)]);

    /// <summary>Somebody and those around; nobody when they are not on the board. <see cref="PersonRow.Ahead"/> counts those ahead of them.</summary>
    public static Task<List<PersonRow>> AroundAsync(DataConnection database, Board board, string userId, int many, CancellationToken cancellation) =>
        database.QueryToListAsync<PersonRow>(Around[board], cancellation, new DataParameter("user", userId), new DataParameter("many", many));

    private static string Ahead(Columns board, string within, string place) => $"""
        cast((select coalesce(sum(people), 0) from leaderboard_blocks where board = {board.Number} and (key, since, number) < ({place})) as bigint)
        + (select count(*) from leaderboard
            where {board.Key} < 0 and ({board.Key}, {board.Since}, number) {within} ({place})
                and ({board.Key}, {board.Since}, number) > (
                    select key, since, number from leaderboard_blocks where board = {board.Number} and (key, since, number) < ({place})
                    order by key desc, since desc, number desc limit 1))
        """;

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
