using System.Runtime.CompilerServices;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Audit;

/// <summary>Which entries are listed; null filters nothing.</summary>
/// <param name="From">Recorded then or later.</param>
/// <param name="To">Recorded before.</param>
public sealed record AuditFilter(
    string? Actor = null,
    string? Action = null,
    string? TargetType = null,
    string? TargetId = null,
    AuditResult? Result = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null);

/// <summary>The audit log out of the read model; it follows the entity within a second.</summary>
public sealed class AuditListings(ReadModelDatabase database)
{
    private const string Order = "audit";
    private const int ExportedAtOnce = 500;

    /// <summary>A page of entries, newest first; null when the cursor is damaged or belongs to another list.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to <see cref="Keyset.MaxLimit"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Page<AuditEntryView>?> PageAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellation = default)
    {
        var place = cursor is null ? null : Keyset.Decode(Order, cursor);
        if (cursor is not null && place is null)
        {
            return null;
        }

        await using var connection = database.Open();
        var rows = await FilteredAsync(connection, filter, cancellation);
        var found = await rows.After(row => row.Number, row => row.Id, true, place, limit).ToListAsync(cancellation);
        return found.ToPage(limit, row => row.View(), Order, row => row.Number, row => row.Id);
    }

    /// <summary>All entries, oldest first, up to the newest there is when this begins.</summary>
    /// <param name="filter">Which entries.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<AuditEntryView> ExportAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var newest = await NewestAsync(cancellation);
        var after = 0L;
        IReadOnlyList<AuditRow> some;
        do
        {
            some = await SomeAsync(filter, after, newest, cancellation);
            foreach (var row in some)
            {
                yield return row.View();
                after = row.Number;
            }
        }
        while (some.Count == ExportedAtOnce);
    }

    private async Task<long> NewestAsync(CancellationToken cancellation)
    {
        await using var connection = database.Open();
        return await connection.GetTable<AuditRow>().MaxAsync(row => (long?)row.Number, cancellation) ?? 0;
    }

    /// <summary>Holds no connection while its rows go out: a reader may take any time.</summary>
    private async Task<IReadOnlyList<AuditRow>> SomeAsync(AuditFilter filter, long after, long upto, CancellationToken cancellation)
    {
        await using var connection = database.Open();
        return await (await FilteredAsync(connection, filter, cancellation))
            .Where(row => row.Number > after && row.Number <= upto).OrderBy(row => row.Number).Take(ExportedAtOnce).ToListAsync(cancellation);
    }

    private static async Task<IQueryable<AuditRow>> FilteredAsync(DataConnection connection, AuditFilter filter, CancellationToken cancellation)
    {
        IQueryable<AuditRow> rows = connection.GetTable<AuditRow>();
        if (filter.Actor is { } actor)
        {
            rows = rows.Where(row => row.Actor == actor);
        }

        if (filter.Action is { } action)
        {
            rows = rows.Where(row => row.Action == action);
        }

        if (filter.TargetType is { } type)
        {
            rows = rows.Where(row => row.TargetType == type);
        }

        if (filter.TargetId is { } target)
        {
            rows = rows.Where(row => row.TargetId == target);
        }

        if (filter.Result is { } result)
        {
            var name = WireEnum<AuditResult>.Name(result);
            rows = rows.Where(row => row.Result == name);
        }

        return await BoundedAsync(connection, rows, filter, cancellation);
    }

    /// <summary>Numbers rise with time, so a span of time is a span of numbers, and one index serves both.</summary>
    private static async Task<IQueryable<AuditRow>> BoundedAsync(
        DataConnection connection, IQueryable<AuditRow> rows, AuditFilter filter, CancellationToken cancellation)
    {
        if (filter.From is { } from)
        {
            var first = await FirstAsync(connection, from, cancellation);
            rows = rows.Where(row => row.Number >= first);
        }

        if (filter.To is { } to)
        {
            var end = await FirstAsync(connection, to, cancellation);
            rows = rows.Where(row => row.Number < end);
        }

        return rows;
    }

    /// <summary>The first number recorded at an instant or later.</summary>
    private static async Task<long> FirstAsync(DataConnection connection, DateTimeOffset instant, CancellationToken cancellation)
    {
        var at = instant.ToUnixTimeMilliseconds();
        return await connection.GetTable<AuditRow>().Where(row => row.RecordedAt >= at)
            .OrderBy(row => row.RecordedAt).ThenBy(row => row.Number).Select(row => (long?)row.Number).FirstOrDefaultAsync(cancellation) ?? long.MaxValue;
    }
}
