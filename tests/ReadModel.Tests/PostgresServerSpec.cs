using Npgsql;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class PostgresServerSpec
{
    [Fact]
    public async Task A_private_server_keeps_its_data_through_a_crash_and_leaves_nothing_behind()
    {
        var server = await PostgresServer.StartNewAsync();
        var url = new Uri(await server.CreateDatabase("kept"));
        await Execute(url, "create table t (a int)");
        await server.Restart(immediate: true);
        await Execute(url, "insert into t values (1)");
        Assert.Equal("on", await Execute(url, "show fsync"));

        await server.DisposeAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => Execute(url, "select 1"));
    }

    private static async Task<object?> Execute(Uri url, string sql)
    {
        await using var connection = new NpgsqlConnection(
            $"Host={url.Host};Port={url.Port};Username=postgres;Database={url.AbsolutePath.Trim('/')};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
