using LinqToDB;
using LinqToDB.Async;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Wallets;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

/// <summary>Rows by many keys, added and found, with whatever the keys hold.</summary>
public sealed class ManyRowsSpec
{
    private static readonly string[] Odd = ["it's", "a \\ b", "'; drop table wallets; --", "naïve", "{0}"];

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_are_found_by_their_keys_changed_and_nothing_else_is(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        await using var connection = fixture.Database.Open();
        string[] addresses = [.. Odd, "other"];
        await connection.InsertAllAsync<WalletRow>([.. addresses.Select(address => new WalletRow { Address = address, UserId = "ann", DueAt = 1 })], default);
        await connection.InsertAllAsync<WalletRow>([], default);

        var found = await connection.Among((WalletRow row) => row.Address, [.. Odd, "nobody"]).OrderBy(row => row.Address).ToListAsync();
        Assert.Equal(Odd.Order(StringComparer.Ordinal), found.Select(row => row.Address).Order(StringComparer.Ordinal));
        Assert.Empty(await connection.Among((WalletRow row) => row.Address, []).ToListAsync());
        Assert.Equal(1, await connection.Among((WalletRow row) => row.Address, ["it's"]).Set(row => row.DueAt, 2).UpdateAsync());
        Assert.Equal(["it's"], await connection.GetTable<WalletRow>().Where(row => row.DueAt == 2).Select(row => row.Address).ToListAsync());
        await connection.EmptyAsync("wallets", default);
        Assert.Empty(await connection.GetTable<WalletRow>().ToListAsync());
    }

    [Fact]
    public async Task On_PostgreSQL_any_number_of_keys_makes_one_text()
    {
        await using var fixture = await ReadModelFixture.Migrated("postgres");
        await using var connection = fixture.Database.Open();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var many in new[] { 0, 1, 2, 500 })
        {
            string[] keys = [.. Enumerable.Range(0, many).Select(number => $"wallet-{number}")];
            await connection.Among((WalletRow row) => row.Address, keys).Set(row => row.DueAt, many).UpdateAsync();
            texts.Add(connection.LastQuery!);
            await connection.Among((WalletRow row) => row.Address, keys).ToListAsync();
            texts.Add(connection.LastQuery!);
        }

        Assert.Equal(2, texts.Count);
    }
}
