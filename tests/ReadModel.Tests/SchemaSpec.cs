using LinqToDB.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Testing;
using Xunit;

namespace WildNOut.ReadModel.Tests;

public sealed class SchemaSpec
{
    private static readonly int Steps = typeof(Migrator).Assembly.GetTypes().Count(type => type.IsDefined(typeof(FluentMigrator.MigrationAttribute), inherit: false));

    public static IEnumerable<object[]> Kinds => TestDatabases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nodes_that_start_together_on_an_empty_database_bring_it_up_once_and_a_later_start_changes_nothing(string kind)
    {
        await using var fixture = await ReadModelFixture.Empty(kind);
        var nodes = Enumerable.Range(0, 6).Select(_ => fixture.Open()).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => Migrator.RunAsync(node, NullLogger.Instance))));
        await Migrator.RunAsync(fixture.Database, NullLogger.Instance);

        await using var connection = fixture.Database.Open();
        Assert.Equal(0, await connection.ExecuteAsync<int>("select count(*) from votes"));
        Assert.Equal(Steps, await connection.ExecuteAsync<int>("select count(*) from \"VersionInfo\""));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_deployment_keeps_the_number_of_ballot_boxes_it_was_started_with(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Deployment.PinAsync(fixture.Database, Deployment.BallotBoxes, 8, "BALLOT_BOXES")));
        await Deployment.PinAsync(fixture.Database, Deployment.BallotBoxes, 8, "BALLOT_BOXES");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Deployment.PinAsync(fixture.Database, Deployment.BallotBoxes, 16, "BALLOT_BOXES"));
        Assert.Contains("ballot-boxes = 8", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("set BALLOT_BOXES to 8", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_schema_from_the_future_is_refused(string kind)
    {
        await using var fixture = await ReadModelFixture.Migrated(kind);
        await using (var connection = fixture.Database.Open())
        {
            await connection.ExecuteAsync("""insert into "VersionInfo" ("Version", "Description") values (999999, 'from the future')""");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.RunAsync(fixture.Database, NullLogger.Instance));
    }

    [Theory]
    [InlineData("mysql://a@b/c")]
    [InlineData("postgresql://a@b")]
    [InlineData("postgresql://a:secret@b/c?No Such Key=1")]
    [InlineData("postgresql://a:secret@b/c?Maximum%20Pool%20Size=7")]
    [InlineData("postgresql://a:secret@b/c?MaxPoolSize=20")]
    [InlineData("sqlite:")]
    [InlineData("nonsense")]
    public void An_address_that_is_no_address_is_refused_without_telling_the_password(string url)
    {
        var refusal = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(url, 20));
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://a@b/c", "-c max_parallel_workers_per_gather=0 -c jit=off")]
    [InlineData("postgresql://a@b/c?Options=-c%20search_path%3Dd", "-c max_parallel_workers_per_gather=0 -c jit=off -c search_path=d")]
    [InlineData("postgresql://a@b/c?options=", null)]
    public void Options_come_behind_those_of_the_platform_and_an_empty_text_means_none(string url, string? options) =>
        Assert.Equal(options, new NpgsqlConnectionStringBuilder(DatabaseAddress.Parse(url, 20).ConnectionString).Options);
}
