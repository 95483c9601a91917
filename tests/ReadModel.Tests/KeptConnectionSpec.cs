using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class KeptConnectionSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_connection_is_kept_until_a_use_of_it_fails_and_then_opened_anew(string kind)
    {
        await using var fixture = await ReadModelFixture.Empty(kind);
        await using var kept = new KeptConnection(fixture.Database);

        var first = await kept.UseAsync(AskAsync);
        Assert.Same(first, await kept.UseAsync(AskAsync));

        await Assert.ThrowsAnyAsync<Exception>(() => kept.UseAsync(connection => connection.ExecuteAsync<int>("select no_such_thing")));
        var second = await kept.UseAsync(AskAsync);
        Assert.NotSame(first, second);
        Assert.Same(second, await kept.UseAsync(AskAsync));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_transaction_that_is_under_way_when_a_use_fails_leaves_nothing(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        await using var kept = new KeptConnection(fixture.Database);

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.UseAsync<int>(async connection =>
        {
            await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("insert into read_offsets (name, kind, position, reset_requested, updated_at) values ('some', 'projection', 0, false, 0)");
            throw new InvalidOperationException("in the middle");
        }));

        Assert.Equal(0, await kept.UseAsync(connection => connection.ExecuteAsync<int>("select count(*) from read_offsets where name = 'some'")));
    }

    private static async Task<DataConnection> AskAsync(DataConnection connection)
    {
        Assert.Equal(1, await connection.ExecuteAsync<int>("select 1"));
        return connection;
    }
}
