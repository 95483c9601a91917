using System.Buffers.Binary;
using System.Buffers.Text;
using System.Linq.Expressions;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using LinqToDB;

namespace WildNOut.Actors.Engine.ReadModel;

/// <summary>Where a page ended: the sort key and the id of its last row. Rows are ordered by (key, id), so no two share a place.</summary>
/// <param name="Order">The order the page was in; a cursor of one order is refused by another.</param>
/// <param name="Key">The sort key.</param>
/// <param name="Id">The id.</param>
public sealed record Keyset(string Order, long Key, Guid Id)
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The size of a page when nobody asks.</summary>
    public const int DefaultLimit = 20;

    private const byte Version = 1;
    private const int Length = 1 + 8 + 16 + 4;

    /// <summary>The opaque cursor: base64url of version, key, id and a digest of these and the order, which tells a damaged cursor.</summary>
    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Key);
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        Digest(Order, bytes[..25], bytes[25..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor; null when it is damaged, of another version, or of another order.</summary>
    public static Keyset? Decode(string order, string cursor)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (cursor.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(cursor)
            || !Base64Url.TryDecodeFromChars(cursor, bytes, out var length) || length != Length || bytes[0] != Version)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[4];
        Digest(order, bytes[..25], digest);
        return digest.SequenceEqual(bytes[25..])
            ? new Keyset(order, BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), new Guid(bytes[9..25], bigEndian: true))
            : null;
    }

    private static void Digest(string order, ReadOnlySpan<byte> head, Span<byte> digest)
    {
        Span<byte> input = stackalloc byte[25 + 64];
        head.CopyTo(input);
        var used = 25 + Encoding.UTF8.GetBytes(order, input[25..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..used], hash);
        hash[..4].CopyTo(digest);
    }
}

/// <summary>A page of a list, whatever stands beside its items.</summary>
public interface IPage
{
    /// <summary>Continues after the last item; null at the end.</summary>
    string? NextCursor { get; }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">Continues after the last item; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor) : IPage;

/// <summary>Keyset pages over linq2db queries.</summary>
public static class KeysetQueries
{
    private static readonly MethodInfo Row = typeof(Sql).GetMethods()
        .Single(method => method is { Name: nameof(Sql.Row) } && method.GetParameters().Length == 2)
        .MakeGenericMethod(typeof(long), typeof(Guid));

    /// <summary>The rows after a place, in the order of (key, id), one more than <paramref name="limit"/> so that the end shows.</summary>
    /// <remarks>The condition is a row comparison, <c>(key, id) &lt; (@key, @id)</c>, which both databases answer from an index on (key, id).</remarks>
    public static IQueryable<T> After<T>(
        this IQueryable<T> rows,
        Expression<Func<T, long>> key,
        Expression<Func<T, Guid>> id,
        bool descending,
        Keyset? place,
        int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Keyset.MaxLimit);
        if (place is not null)
        {
            rows = rows.Where(Beyond(key, id, descending, place));
        }

        return (descending ? rows.OrderByDescending(key).ThenByDescending(id) : rows.OrderBy(key).ThenBy(id)).Take(limit + 1);
    }

    /// <summary>Makes a page out of what <see cref="After"/> gave.</summary>
    public static Page<TItem> ToPage<TRow, TItem>(
        this IReadOnlyList<TRow> rows, int limit, Func<TRow, TItem> item, string order, Func<TRow, long> key, Func<TRow, Guid> id)
    {
        var more = rows.Count > limit;
        var items = new TItem[more ? limit : rows.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = item(rows[i]);
        }

        return new Page<TItem>(items, more ? new Keyset(order, key(rows[limit - 1]), id(rows[limit - 1])).Encode() : null);
    }

    private static Expression<Func<T, bool>> Beyond<T>(Expression<Func<T, long>> key, Expression<Func<T, Guid>> id, bool descending, Keyset place)
    {
        var row = key.Parameters[0];
        var ours = Expression.Call(Row, key.Body, new Swap(id.Parameters[0], row).Visit(id.Body));
        var theirs = Expression.Call(
            Row,
            Expression.Property(Expression.Constant(place), nameof(Keyset.Key)),
            Expression.Property(Expression.Constant(place), nameof(Keyset.Id)));
        return Expression.Lambda<Func<T, bool>>(descending ? Expression.LessThan(ours, theirs) : Expression.GreaterThan(ours, theirs), row);
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
