using LinqToDB.Data;

namespace WildNOut.Actors.Users;

/// <summary>What the two databases do each in their own way: find texts that contain another, or come near it, by their trigrams.</summary>
internal abstract class TrigramSearch
{
    /// <summary>Whether this database can.</summary>
    public virtual ValueTask<bool> MayAsync(DataConnection connection, CancellationToken cancellation) => ValueTask.FromResult(true);

    /// <summary>Users whose names contain a text of at least three characters.</summary>
    public abstract Task<List<UserCard>> ContainAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation);

    /// <summary>Users whose names come near a text of at least three characters, the nearest first.</summary>
    public abstract Task<List<UserCard>> ComeNearAsync(DataConnection connection, string card, string text, int limit, CancellationToken cancellation);

    /// <summary>A pattern for <c>like … escape '\'</c>.</summary>
    protected static string Containing(string text) =>
        "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
