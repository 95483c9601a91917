using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>
/// Many rows of a table at once, with one text for any number of them. A statement that spells its values out is another text each time, which PostgreSQL parses and plans anew and
/// each connection of Npgsql keeps a hundred of: with some dozen KB each that came to tens of MB.
/// </summary>
public static class ManyRows
{
    /// <summary>The rows whose key is one of these.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="key">The column, such as <c>row => row.Id</c>.</param>
    /// <param name="keys">At most some hundred: SQLite has them in the text.</param>
    public static IQueryable<TRow> Among<TRow, TKey>(this DataConnection database, Expression<Func<TRow, TKey>> key, TKey[] keys)
        where TRow : class
    {
        Expression<Func<TKey, bool>> isOne = database.IsPostgres() ? value => IsAnyOf(value, keys) : value => Enumerable.Contains(keys, value);
        var test = new Replacement(isOne.Parameters[0], key.Body).Visit(isOne.Body);
        return database.GetTable<TRow>().Where(Expression.Lambda<Func<TRow, bool>>(test, key.Parameters));
    }

    /// <summary>The rows whose key is one of these, however many; each once, in no order.</summary>
    public static async Task<List<TRow>> ListAmongAsync<TRow, TKey>(
        this DataConnection database, Expression<Func<TRow, TKey>> key, IEnumerable<TKey> keys, CancellationToken cancellation)
        where TRow : class
    {
        var rows = new List<TRow>();
        foreach (var some in keys.Distinct().Chunk(500))
        {
            rows.AddRange(await database.Among(key, some).ToListAsync(cancellation));
        }

        return rows;
    }

    /// <summary>Adds rows: on PostgreSQL by <c>copy</c>.</summary>
    public static async Task InsertAllAsync<TRow>(this DataConnection database, IReadOnlyCollection<TRow> rows, CancellationToken cancellation)
        where TRow : class
    {
        if (rows.Count > 0)
        {
            await database.BulkCopyAsync(new BulkCopyOptions { BulkCopyType = BulkCopyType.ProviderSpecific }, rows, cancellation);
        }
    }

    /// <summary>Takes all rows of a table away.</summary>
    public static Task EmptyAsync(this DataConnection database, string table, CancellationToken cancellation) =>
        database.ExecuteAsync(database.IsPostgres() ? $"truncate table {table}" : $"delete from {table}", cancellation);

    [Sql.Expression("{0} = any({1})", ServerSideOnly = true, IsPredicate = true)]
    private static bool IsAnyOf<T>(T value, T[] keys) => throw new NotSupportedException("Only the database knows.");

    private sealed class Replacement(ParameterExpression parameter, Expression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : base.VisitParameter(node);
    }
}
