using LinqToDB;
using LinqToDB.Data;

namespace WildNOut.Actors.Users;

/// <summary>
/// The extension pg_trgm and its indexes, where the database has them. What comes near a text is found through the words that names are made of: the nearest words first, then
/// who bears them.
/// </summary>
internal sealed class PostgresTrigrams : TrigramSearch
{
    private const int NearWords = 5;
    private const int MostWords = 4;

    private bool? _may;

    public override async ValueTask<bool> MayAsync(DataConnection connection, CancellationToken cancellation) =>
        _may ??= await connection.ExecuteAsync<bool>("select exists (select from pg_class where relname = 'user_words_search' and relkind = 'i')", cancellation);

    public override Task<List<UserCard>> ContainAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation) =>
        AllAsync(connection, card, [text], limit, cancellation);

    /// <summary>Of several words each must come near; then the nearest of each is taken.</summary>
    public override async Task<List<UserCard>> ComeNearAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation)
    {
        var near = new List<List<string>>();
        foreach (var word in Words(text))
        {
            near.Add(await NearAsync(connection, word, cancellation));
        }

        if (near.Count == 0 || near.Exists(words => words.Count == 0))
        {
            return [];
        }

        var found = new List<UserCard>();
        IEnumerable<IReadOnlyList<string>> tries = near.Count == 1 ? near[0].Select(word => (IReadOnlyList<string>)[word]) : [[.. near.Select(words => words[0])]];
        foreach (var words in tries)
        {
            if (found.Count < limit)
            {
                found.AddRange(await AllAsync(connection, card, words, limit - found.Count, cancellation));
            }
        }

        return found;
    }

    private static IEnumerable<string> Words(string text) => string.Concat(text.Select(unit => char.IsLetter(unit) ? unit : ' '))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length >= UserSearch.Trigram)
        .Take(MostWords);

    private static Task<List<string>> NearAsync(DataConnection connection, string word, CancellationToken cancellation) => connection.QueryToListAsync<string>(
        $"select word from user_words where word % @word order by similarity(word, @word) desc, users desc, word limit {NearWords}",
        cancellation,
        new DataParameter("word", word, DataType.Text));

    private static Task<List<UserCard>> AllAsync(DataConnection connection, string card, IReadOnlyList<string> parts, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {card} from users where {string.Join(" and ", parts.Select((_, n) => FormattableString.Invariant($"search like @part{n} escape '\\'")))} limit @limit",
            cancellation,
            [
                .. parts.Select((part, n) => new DataParameter(FormattableString.Invariant($"part{n}"), Containing(part), DataType.Text)),
                new DataParameter("limit", limit),
            ]);
}
