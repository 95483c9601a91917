using LinqToDB;
using LinqToDB.Data;

namespace WildNOut.Actors.Users;

/// <summary>The extension pg_trgm and its index, where the database has them.</summary>
internal sealed class PostgresTrigrams : TrigramSearch
{
    private bool? _may;

    public override async ValueTask<bool> MayAsync(DataConnection connection, CancellationToken cancellation) =>
        _may ??= await connection.ExecuteAsync<bool>("select exists (select from pg_class where relname = 'users_search' and relkind = 'i')", cancellation);

    public override Task<List<UserCard>> ContainAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {card} from users where search like @pattern escape '\\' limit @limit",
            cancellation,
            new DataParameter("pattern", Containing(text), DataType.Text),
            new DataParameter("limit", limit));

    public override Task<List<UserCard>> ComeNearAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {card} from users where @text <% search order by word_similarity(@text, search) desc, id limit @limit",
            cancellation,
            new DataParameter("text", text, DataType.Text),
            new DataParameter("limit", limit));
}
