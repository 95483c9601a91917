using LinqToDB;
using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Users;

/// <summary>A user as a search finds them.</summary>
/// <param name="Id">The user.</param>
/// <param name="Username">In small letters.</param>
/// <param name="DisplayName">Null for none.</param>
/// <param name="AvatarUrl">Null for none.</param>
/// <param name="Level">From 1.</param>
/// <param name="Points">The balance.</param>
public sealed record UserCard(string Id, string Username, string? DisplayName, string? AvatarUrl, long Level, long Points);

/// <summary>
/// Finds users by username and display name: first those that begin with the text, then those that contain it, then those that come near it. Each step runs
/// only while there is room, so that what is common costs a look at an index; and the steps after the first, which a text can make slow whose parts nearly everybody has, end
/// with what they have found after a quarter of a second.
/// </summary>
/// <param name="database">Where the users are.</param>
/// <param name="patience">How long is looked beyond beginnings.</param>
public sealed class UserSearch(ReadModelDatabase database, TimeSpan patience)
{
    /// <summary>The most users that a search gives.</summary>
    public const int MostFound = 50;

    /// <summary>The fewest characters that are looked for beyond beginnings: a trigram.</summary>
    public const int Trigram = 3;

    private const string Card = "id as \"Id\", username as \"Username\", display_name as \"DisplayName\", avatar_url as \"AvatarUrl\", level as \"Level\", points as \"Points\"";

    /// <summary>No text in small letters that begins with another is above that other with this behind it.</summary>
    private const string Top = "\U0010FFFF";

    private readonly TrigramSearch _trigrams = database.Kind == DatabaseKind.Postgres ? new PostgresTrigrams() : new SqliteTrigrams();

    /// <summary>With the patience of a deployment.</summary>
    public UserSearch(ReadModelDatabase database)
        : this(database, TimeSpan.FromMilliseconds(250))
    {
    }

    /// <summary>The users that a text finds, best first.</summary>
    /// <param name="text">At least one character; capitals do not matter.</param>
    /// <param name="limit">1 to <see cref="MostFound"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<UserCard>> FindAsync(string text, int limit, CancellationToken cancellation = default)
    {
        var sought = UserRows.Key(text.Trim());
        var found = new Dictionary<string, UserCard>(StringComparer.Ordinal);
        await using var connection = database.Open();
        Add(await BeginAsync(connection, "username", sought, limit, cancellation));
        Add(await BeginAsync(connection, "display_key", sought, limit, cancellation));
        if (sought.Length >= Trigram && found.Count < limit && await _trigrams.MayAsync(connection, cancellation))
        {
            using var over = new CancellationTokenSource(patience);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
            try
            {
                enough.Token.ThrowIfCancellationRequested(); // SQLite looks at it between statements only.
                Add(await _trigrams.ContainAsync(connection, Card, sought, limit, enough.Token));
                enough.Token.ThrowIfCancellationRequested();
                if (found.Count < limit)
                {
                    Add(await _trigrams.ComeNearAsync(connection, Card, sought, limit, enough.Token));
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Who begins with the text is there, and whatever a step that ended in time has found.
            }
        }

        return [.. found.Values.Take(limit)];

        void Add(IEnumerable<UserCard> cards)
        {
            foreach (var card in cards)
            {
                found.TryAdd(card.Id, card);
            }
        }
    }

    private static Task<List<UserCard>> BeginAsync(DataConnection connection, string column, string text, int limit, CancellationToken cancellation) =>
        connection.QueryToListAsync<UserCard>(
            $"select {Card} from users where {column} >= @from and {column} < @to order by {column} limit @limit",
            cancellation,
            new DataParameter("from", text, DataType.Text),
            new DataParameter("to", text + Top, DataType.Text),
            new DataParameter("limit", limit));
}
