using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class KeysetSpec
{
    public static IEnumerable<object[]> Cases => TestDatabases.Kinds.SelectMany(kind => new object[][] { [kind[0], true], [kind[0], false] });

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Pages_give_every_row_once_while_rows_come_in(string kind, bool descending)
    {
        await using var fixture = await ReadModelFixture.Empty(kind);
        await using var database = fixture.Database.Open();
        await database.CreateTableAsync<Row>();
        var random = new Random(7);
        var before = Enumerable.Range(0, 500).Select(_ => new Row { Key = random.Next(40), Id = Guid.CreateVersion7() }).ToList();
        await database.BulkCopyAsync(before);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var place = cursor is null ? null : Keyset.Decode("test", cursor);
            var rows = await database.GetTable<Row>().After(row => row.Key, row => row.Id, descending, place, 17).ToListAsync();
            var page = rows.ToPage(17, row => row.Id, "test", row => row.Key, row => row.Id);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
            await database.InsertAsync(new Row { Key = random.Next(40), Id = Guid.CreateVersion7() });
        }
        while (cursor is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(before.Select(row => row.Id).Except(seen));
    }

    [Fact]
    public void A_cursor_that_was_tampered_with_or_is_of_another_order_is_no_place()
    {
        var place = new Keyset("newest", 1_700_000_000_000, Guid.CreateVersion7());
        var cursor = place.Encode();
        Assert.Equal(place, Keyset.Decode("newest", cursor));
        Assert.Null(Keyset.Decode("mostVoted", cursor));
        for (var i = 0; i < cursor.Length; i++)
        {
            Assert.Null(Keyset.Decode("newest", cursor[..i] + (cursor[i] == 'B' ? 'C' : 'B') + cursor[(i + 1)..]));
        }

        foreach (var nonsense in new[] { "", "x", "====", cursor + "A", cursor[..^1], new string('ä', cursor.Length), new string('A', 10_000) })
        {
            Assert.Null(Keyset.Decode("newest", nonsense));
        }
    }

    [Table("keyset_rows")]
    private sealed record Row
    {
        [Column("key")]
        public long Key { get; init; }

        [Column("id"), PrimaryKey]
        public Guid Id { get; init; }
    }
}
