using Microsoft.Extensions.Hosting;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.Actors.Tests.Nodes;

public sealed class SqliteIsForOneProcessSpec
{
    [Fact]
    public async Task A_second_node_on_the_same_file_refuses_to_start()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using (await TestNode.Start(database.Url))
        {
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => TestNode.Start(database.Url));
            Assert.Contains("one process only", refusal.Message, StringComparison.Ordinal);
        }

        await using var next = await TestNode.Start(database.Url);
    }

    [Fact]
    public async Task A_node_that_joins_others_refuses_to_start_on_SQLite()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddWildNOutActors(new NodeOptions { DatabaseUrl = database.Url, Port = 0, Seeds = ["127.0.0.1:8119"] });
        using var host = builder.Build();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
        Assert.Contains("needs DATABASE_URL=postgresql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_number_of_ballot_boxes_is_refused_because_people_could_vote_twice()
    {
        await using var database = await TestDatabases.Fresh(TestDatabases.Sqlite);
        await using (await TestNode.Start(database.Url))
        {
        }

        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddWildNOutActors(new NodeOptions { DatabaseUrl = database.Url, Port = 0, BallotBoxes = 4 });
        using var host = builder.Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
    }
}
