using System.Text.Json.Serialization;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Users.Achievements;

namespace WildNOut.Actors.Users;

/// <summary>Whether points came or went.</summary>
[JsonConverter(typeof(WireEnumConverter<LedgerType>))]
public enum LedgerType
{
    /// <summary>They came.</summary>
    Credit,

    /// <summary>They went.</summary>
    Debit,
}

/// <summary>A change of points as its user sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Whose points.</param>
/// <param name="Type">Whether they came or went.</param>
/// <param name="Amount">At least 1.</param>
/// <param name="Reason">Why, such as <c>battle_entry</c>, <c>battle_rank</c>, <c>vote_cast</c>, or what an admin gave as the reason.</param>
/// <param name="Source">What or who changed them: the id of the entry, the battle, the entry voted for, the admin.</param>
/// <param name="BalanceAfter">The points after it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record LedgerEntry(
    Guid Id, string UserId, LedgerType Type, long Amount, string Reason, string Source, long BalanceAfter, DateTimeOffset CreatedAt);

/// <summary>Users and their points out of the read model. It follows the entities within a second.</summary>
public sealed class UserListings(ReadModelDatabase database)
{
    private const string NewestFirst = "points by time";

    /// <summary>Compiled once: to build and compare such an expression costs a request more than to answer it.</summary>
    private static readonly Func<DataConnection, string, IQueryable<ProfileRow>> Profiles = CompiledQuery.Compile((DataConnection connection, string username) =>
        from user in connection.GetTable<UserRow>()
        where user.Username == username
        from earned in connection.GetTable<AchievementRow>().Where(row => row.UserId == user.Id).DefaultIfEmpty()
        orderby earned.EarnedAt, earned.AchievementId
        select new ProfileRow { User = user, Earned = earned });

    /// <summary>The user who bears a name, with what they have earned, by time; null when nobody does.</summary>
    /// <param name="username">In small letters.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<(UserRow User, IReadOnlyList<AchievementRow> Earned)?> FindByNameAsync(string username, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        var rows = await Profiles(connection, username).ToListAsync(cancellation);
        return rows is [] ? null : (rows[0].User, [.. rows.Select(row => row.Earned).OfType<AchievementRow>()]);
    }

    /// <summary>The user of an id; null when there is none, or no more.</summary>
    public async Task<UserRow?> FindAsync(string userId, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        return await connection.GetTable<UserRow>().Where(row => row.Id == userId && row.DeletedAt == null).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>A page of a user's changes of points, newest first; null when the cursor is damaged.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="type">Only those that came, or went; null for all.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to <see cref="Keyset.MaxLimit"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Page<LedgerEntry>?> HistoryAsync(
        string userId, LedgerType? type, string? cursor, int limit, CancellationToken cancellation = default)
    {
        var place = cursor is null ? null : Keyset.Decode(NewestFirst, cursor);
        if (cursor is not null && place is null)
        {
            return null;
        }

        await using var connection = database.Open();
        var rows = connection.GetTable<LedgerRow>().Where(row => row.UserId == userId);
        if (type is { } wanted)
        {
            // A constant, not a parameter, so that the index of what went is taken.
            rows = wanted == LedgerType.Debit ? rows.Where(row => row.Type == "debit") : rows.Where(row => row.Type == "credit");
        }

        var found = await rows.After(row => row.Number, row => row.Id, true, place, limit).ToListAsync(cancellation);
        return found.ToPage(limit, UserRows.View, NewestFirst, row => row.Number, row => row.Id);
    }

    /// <summary>What every request must know of some users, told after a position; in the order of their numbers.</summary>
    /// <param name="after">The highest number seen; -1 for all.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<StandingRow>> StandingsAsync(long after, int limit, CancellationToken cancellation = default)
    {
        await using var connection = database.Open();
        return await connection.GetTable<StandingRow>().Where(row => row.Number > after).OrderBy(row => row.Number).Take(limit).ToListAsync(cancellation);
    }

    private sealed record ProfileRow
    {
        public required UserRow User { get; init; }

        public AchievementRow? Earned { get; init; }
    }
}
