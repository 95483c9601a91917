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

    /// <summary>Of more who bear all words, which do so in the order of the text is not looked at.</summary>
    private const int MostBearers = 2_000;

    private bool? _may;

    public override async ValueTask<bool> MayAsync(DataConnection connection, CancellationToken cancellation) =>
        _may ??= await connection.ExecuteAsync<bool>("select exists (select from pg_class where relname = 'user_words_search' and relkind = 'i')", cancellation);

    /// <summary>
    /// Of a text that is words, first those who bear all of them, whatever the order. Then only a longer word that ends with the first one, or begins with the last, can
    /// still contain the text; mostly there is none.
    /// </summary>
    public override async Task<List<UserCard>> ContainAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation)
    {
        var words = text.Split(' ');
        if (words.Length < 2 || !Array.TrueForAll(words, IsWord))
        {
            return await ContainPartAsync(connection, card, text, limit, cancellation);
        }

        var found = await BearAsync(connection, card, words, text, limit, cancellation);
        if (found.Count < limit && await MayBeLongerAsync(connection, words[0], words[^1], cancellation))
        {
            found.AddRange(await ContainPartAsync(connection, card, text, limit, cancellation));
        }

        return found;
    }

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

        if (near.Count > 1)
        {
            return await BearAsync(connection, card, [.. near.Select(words => words[0])], text, limit, cancellation);
        }

        var found = new List<UserCard>();
        foreach (var word in near[0])
        {
            if (found.Count < limit)
            {
                found.AddRange(await ContainPartAsync(connection, card, word, limit - found.Count, cancellation));
            }
        }

        return found;
    }

    /// <summary>Whether the database keeps a part as one word, however its locale sees letters beyond these.</summary>
    private static bool IsWord(string part) => part.Length >= UserSearch.Trigram && part.All(char.IsAsciiLetter);

    private static IEnumerable<string> Words(string text) => string.Concat(text.Select(unit => char.IsLetter(unit) ? unit : ' '))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length >= UserSearch.Trigram)
        .Take(MostWords);

    private static Task<List<string>> NearAsync(DataConnection connection, string word, CancellationToken cancellation) => connection.QueryToListAsync<string>(
        $"select word from user_words where word % @word order by similarity(word, @word) desc, users desc, word limit {NearWords}",
        cancellation,
        new DataParameter("word", word, DataType.Text));

    private static Task<bool> MayBeLongerAsync(DataConnection connection, string first, string last, CancellationToken cancellation) => connection.ExecuteAsync<bool>(
        "select exists (select from user_words where word like '%' || @first and word <> @first or word like @last || '%' and word <> @last)",
        cancellation,
        new DataParameter("first", first, DataType.Text),
        new DataParameter("last", last, DataType.Text));

    /// <summary>Who bears all words, those whose names contain the text first.</summary>
    private static Task<List<UserCard>> BearAsync(DataConnection connection, string card, string[] words, string text, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {card} from (select * from users where search is not null and user_words_list(search) @> @words limit {MostBearers}) bearers order by search like @part escape '\\' desc limit @limit",
            cancellation,
            new DataParameter("words", words),
            new DataParameter("part", Containing(text), DataType.Text),
            new DataParameter("limit", limit));

    private static Task<List<UserCard>> ContainPartAsync(DataConnection connection, string card, string part, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {card} from users where search like @part escape '\\' limit @limit",
            cancellation,
            new DataParameter("part", Containing(part), DataType.Text),
            new DataParameter("limit", limit));
}
