using System.Diagnostics;
using System.Net;
using WildNOut.Testing;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>The database goes away in the middle of voting and comes back.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DatabaseOutageSpec(ITestOutputHelper output)
{
    private static readonly TimeSpan OutageTime = TimeSpan.FromSeconds(20);
    private readonly Figures _figures = new(output);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_its_database_the_platform_says_so_and_it_recovers_by_itself(bool crash)
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var cluster = await TestCluster.Start(postgres);
        var door = cluster.Nodes[0].Url;
        var battle = await cluster.Client.CreateVotingBattle(door, "host", entries: 4);
        var crowd = new VotingCrowd(cluster.Client, battle, [.. cluster.Nodes.Select(node => node.Url)]);
        using var stop = new CancellationTokenSource();
        var voting = crowd.Run(workers: 12, attempts: 1, TimeSpan.FromMilliseconds(30), stop.Token);
        await Eventually.Holds("200 votes", () => crowd.Acknowledged > 200, TimeSpan.FromSeconds(20));

        await postgres.Stop(immediate: crash);
        var clock = Stopwatch.StartNew();
        await Eventually.Holds("/health says 503", async () => await cluster.Nodes[0].Status("/health") == HttpStatusCode.ServiceUnavailable, OutageTime);
        var noticed = clock.Elapsed;
        var answer = await cluster.Client.Vote(door, battle.Id, battle.Entries[0], "outage-witness");
        await Eventually.Holds("the end of the outage", () => clock.Elapsed > OutageTime, OutageTime + TimeSpan.FromSeconds(10));
        Assert.All(cluster.Nodes, node => Assert.True(node.Running, node.LogTail()));
        var before = crowd.Acknowledged;
        await postgres.Start();
        clock.Restart();

        // Every ballot box takes votes again when as many voters as there are boxes, and then some, are through.
        await Eventually.Holds("a hundred votes after the outage", () => crowd.Acknowledged > before + 100, TimeSpan.FromSeconds(40));
        var voted = clock.Elapsed;
        await Eventually.Holds("/health says 200", () => cluster.Nodes[0].AnswersOk("/health"), TimeSpan.FromSeconds(30));
        var healthy = clock.Elapsed;
        await stop.CancelAsync();
        await voting;
        await crowd.Clear();

        _figures.Print($"database {(crash ? "crash" : "stop")}: unhealthy after {noticed.TotalSeconds:F1} s; after its return {voted.TotalSeconds:F1} s to the hundredth vote, {healthy.TotalSeconds:F1} s to healthy");
        _figures.Print($"database {(crash ? "crash" : "stop")}: {await Verdict.ExactResults(cluster, door, crowd, [])}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (answer.Status, answer.Code));
        Assert.All(crowd.Answers.Keys, key => Assert.Contains(key, new[] { "201", "409 already_voted", "503 unavailable" }));
        Assert.True(crowd.Slowest < TestCluster.LongestAnswer, $"An answer took {crowd.Slowest}.");
        Assert.True(voted < TimeSpan.FromSeconds(20), $"Votes took {voted} to flow again.");
    }
}
