using LinqToDB;
using LinqToDB.Data;

namespace WildNOut.Actors.Users;

/// <summary>
/// SQLite's full-text index over trigrams. It finds every text that shares one with the sought, the likeliest first; how near they really come is reckoned here, as
/// pg_trgm does: the share of the sought trigrams that a text has.
/// </summary>
internal sealed class SqliteTrigrams : TrigramSearch
{
    private const int Candidates = 300;

    /// <summary>What pg_trgm takes for near, too.</summary>
    private const double Near = 0.6;

    public override Task<List<UserCard>> ContainAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {card} from users where number in (select rowid from users_search where users_search match @phrase limit @limit)",
            cancellation,
            new DataParameter("phrase", Phrase(text), DataType.Text),
            new DataParameter("limit", limit));

    public override async Task<List<UserCard>> ComeNearAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation)
    {
        var sought = Trigrams(text);
        var candidates = await connection.QueryToListAsync<Candidate>(
            $"""
            select {card}, users.search as "Search"
            from (select rowid from users_search where users_search match @any order by rank limit {Candidates}) as likely
            join users on users.number = likely.rowid
            """,
            cancellation,
            new DataParameter("any", string.Join(" OR ", Plain(text).Select(Phrase)), DataType.Text));
        return
        [
            .. candidates
                .Select(candidate => (Candidate: candidate, Share: Share(sought, Trigrams(candidate.Search))))
                .Where(found => found.Share >= Near)
                .OrderByDescending(found => found.Share).ThenBy(found => found.Candidate.Id, StringComparer.Ordinal)
                .Take(limit)
                .Select(found => found.Candidate.ToCard()),
        ];
    }

    private static string Phrase(string text) => "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static IEnumerable<string> Plain(string text) =>
        Enumerable.Range(0, text.Length - Trigram + 1).Select(start => text.Substring(start, Trigram)).Distinct(StringComparer.Ordinal);

    /// <summary>Of every word, with two blanks before it and one behind, as pg_trgm has them.</summary>
    private static HashSet<string> Trigrams(string text) =>
        [.. text.Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Plain($"  {word} "))];

    private static double Share(HashSet<string> sought, HashSet<string> had) => sought.Count == 0 ? 0 : sought.Count(had.Contains) / (double)sought.Count;

    private const int Trigram = UserSearch.Trigram;

    private sealed record Candidate
    {
        public string Id { get; init; } = "";

        public string Username { get; init; } = "";

        public string? DisplayName { get; init; }

        public string? AvatarUrl { get; init; }

        public long Level { get; init; }

        public long Points { get; init; }

        public string Search { get; init; } = "";

        public UserCard ToCard() => new(Id, Username, DisplayName, AvatarUrl, Level, Points);
    }
}
