using System.Diagnostics;
using WildNOut.Testing.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>How long things are away when a node dies, and that nothing is away when a node leaves.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FailoverSpec(ITestOutputHelper output)
{
    private readonly Figures _figures = new(output);

    [Fact]
    public async Task The_shards_of_a_killed_node_answer_again_in_under_ten_seconds()
    {
        await using var cluster = await TestCluster.Start();
        var (battles, hot) = await Prepare(cluster);
        await cluster.Nodes[2].Kill();
        var outage = await Outage.AfterKill(cluster, cluster.Nodes[0].Url, battles, hot);

        _figures.Print($"failover: after SIGKILL the last of {battles.Count} battles answered after {outage.Battles.TotalSeconds:F1} s, "
            + $"the last ballot box took votes after {outage.Votes.TotalSeconds:F1} s");
        Assert.True(outage.Battles < TimeSpan.FromSeconds(10), $"Battles were away for {outage.Battles}.");
        Assert.True(outage.Votes < TimeSpan.FromSeconds(10), $"Ballot boxes were away for {outage.Votes}.");
    }

    [Fact]
    public async Task A_node_that_leaves_costs_no_failed_request_through_the_others()
    {
        await using var cluster = await TestCluster.Start();
        var (battles, hot) = await Prepare(cluster);
        Uri[] doors = [cluster.Nodes[0].Url, cluster.Nodes[1].Url];
        using var stop = new CancellationTokenSource();
        var crowd = new VotingCrowd(cluster.Client, hot, doors);
        var voting = crowd.Run(workers: 6, attempts: 1, TimeSpan.FromMilliseconds(10), stop.Token);
        var failures = new List<string>();
        long reads = 0;
        var slowest = TimeSpan.Zero;
        var reading = Enumerable.Range(0, 6).Select(async reader =>
        {
            for (var turn = reader; !stop.IsCancellationRequested; turn++)
            {
                var clock = Stopwatch.StartNew();
                var failure = await Outage.Failure(cluster, doors[turn % 2], battles[turn % battles.Count]);
                lock (failures)
                {
                    reads++;
                    slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
                    failures.AddRange(failure is null ? [] : [failure]);
                }

                await Task.Delay(10, CancellationToken.None);
            }
        }).ToArray();

        await Task.Delay(TimeSpan.FromSeconds(2));
        var (took, code) = await cluster.Nodes[2].Terminate();
        await Task.Delay(TimeSpan.FromSeconds(4));
        await stop.CancelAsync();
        await voting;
        await Task.WhenAll(reading);

        _figures.Print($"leaving: SIGTERM took {took.TotalSeconds:F1} s (exit code {code}); {reads} reads with {failures.Count} failed, slowest {slowest.TotalMilliseconds:F0} ms; "
            + $"votes: {crowd.Summary}, slowest {crowd.Slowest.TotalMilliseconds:F0} ms");
        Assert.Empty(failures);
        Assert.Equal(["201"], crowd.Answers.Keys);
        Assert.Equal(0, code);
    }

    private static async Task<(IReadOnlyList<Guid> Battles, VotingBattle Hot)> Prepare(TestCluster cluster)
    {
        var door = cluster.Nodes[0].Url;
        var battles = await Outage.SpareBattles(cluster, door);
        var hot = await cluster.Client.CreateVotingBattle(door, "host", entries: 3);
        for (var voter = 0; voter < 40; voter++)
        {
            var answer = await cluster.Client.Vote(door, hot.Id, hot.Entries[0], $"early-{voter}");
            Assert.True(answer.Acknowledged, answer.Body);
        }

        return (battles, hot);
    }
}
