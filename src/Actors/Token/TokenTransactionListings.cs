using System.Buffers.Binary;
using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine.ReadModel;

namespace WildNOut.Actors.Token;

/// <summary>Lists of movements out of the read model, in the order of the chain, newest first; what was withdrawn is not in them.</summary>
public sealed class TokenTransactionListings(ReadModelDatabase database)
{
    private const string Order = "token transactions";

    /// <summary>A page of movements; null when the cursor is damaged or belongs to another list.</summary>
    /// <param name="mint">The mint.</param>
    /// <param name="wallets">Only those that one of these gave or received; null for all.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to <see cref="Keyset.MaxLimit"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Page<TokenTransaction>?> PageAsync(
        string mint, IReadOnlyList<string>? wallets, string? cursor, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Keyset.MaxLimit);
        var place = cursor is null ? null : Keyset.Decode(Order, cursor);
        if (cursor is not null && place is null)
        {
            return null;
        }

        await using var connection = database.Open();
        if (await FeedReader.FindAsync(connection, mint, cancellation) is not { } feed)
        {
            return new Page<TokenTransaction>([], null);
        }

        var rows = connection.GetTable<TransactionRow>().Where(row => row.Feed == feed.Feed && row.WithdrawnBy == null);
        if (place is not null)
        {
            var (slot, position) = (place.Key, PositionOf(place.Id));
            rows = rows.Where(row => Sql.Row(row.Slot, row.Position) < Sql.Row(slot, position));
        }

        var found = wallets is null
            ? await NewestAsync(rows, limit, cancellation)
            : await OfAsync(rows, wallets, limit, cancellation);
        return found.ToPage(limit, row => FeedRows.View(feed, row), Order, row => row.Slot, row => IdOf(row.Position));
    }

    /// <summary>One query a side, each along its own index: a condition on either side would have to read and sort all that a busy wallet ever did.</summary>
    private static async Task<List<TransactionRow>> OfAsync(
        IQueryable<TransactionRow> rows, IReadOnlyList<string> wallets, int limit, CancellationToken cancellation)
    {
        var found = new List<TransactionRow>();
        foreach (var wallet in wallets)
        {
            found.AddRange(await NewestAsync(rows.Where(row => row.Sender == wallet), limit, cancellation));
            found.AddRange(await NewestAsync(rows.Where(row => row.Recipient == wallet), limit, cancellation));
        }

        return [.. found.DistinctBy(row => row.Position).OrderByDescending(row => row.Slot).ThenByDescending(row => row.Position).Take(limit + 1)];
    }

    private static Task<List<TransactionRow>> NewestAsync(IQueryable<TransactionRow> rows, int limit, CancellationToken cancellation) =>
        rows.OrderByDescending(row => row.Slot).ThenByDescending(row => row.Position).Take(limit + 1).ToListAsync(cancellation);

    /// <summary>A cursor's second part is an id; here it is a position.</summary>
    private static Guid IdOf(long position)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], position);
        return new Guid(bytes, bigEndian: true);
    }

    private static long PositionOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }
}
