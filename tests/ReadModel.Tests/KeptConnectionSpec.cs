using LinqToDB.Data;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class KeptConnectionSpec
{
    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Fact]
    public async Task A_connection_is_kept_however_many_the_pool_has_until_it_breaks()
    {
        await using var fixture = await ReadModelFixture.Empty(TestDatabases.Postgres);
        await using var kept = new KeptConnection(fixture.Database);

        var first = await kept.UseAsync(ProcessAsync);
        for (var others = 0; others < 3; others++)
        {
            await using var one = fixture.Database.Open();
            await using var two = fixture.Database.Open();
            Assert.NotEqual(await ProcessAsync(one), await ProcessAsync(two));
            Assert.Equal(first, await kept.UseAsync(ProcessAsync));
        }

        await using (var killer = fixture.Database.Open())
        {
            await killer.ExecuteAsync($"select pg_terminate_backend({first})");
        }

        await Assert.ThrowsAnyAsync<Exception>(() => kept.UseAsync(ProcessAsync));
        Assert.NotEqual(first, await kept.UseAsync(ProcessAsync));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_has_one_user_at_a_time_and_none_after_its_end(string kind)
    {
        await using var fixture = await ReadModelFixture.Empty(kind);
        await using var kept = new KeptConnection(fixture.Database);

        await kept.UseAsync(_ => Assert.ThrowsAsync<InvalidOperationException>(() => kept.UseAsync(OneAsync)));
        Assert.Equal(1, await kept.UseAsync(OneAsync));
        await kept.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => kept.UseAsync(OneAsync));
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

    private static Task<int> ProcessAsync(DataConnection connection) => connection.ExecuteAsync<int>("select pg_backend_pid()");

    private static Task<int> OneAsync(DataConnection connection) => connection.ExecuteAsync<int>("select 1");
}
