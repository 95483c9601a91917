using System.Diagnostics;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>Everything dies at once and comes back.</summary>
[Collection(ClusterCollection.Name)]
public sealed class RestartSpec(ITestOutputHelper output)
{
    /// <summary>When the transitions come due, in seconds: after the nodes were killed.</summary>
    private const int Due = 15;

    private readonly Figures _figures = new(output);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_missed_transitions_happen_within_five_seconds()
    {
        await using var cluster = await TestCluster.Start();
        var door = cluster.Nodes[0].Url;
        var hot = await cluster.Client.CreateVotingBattle(door, "host", entries: 4);
        var crowd = new VotingCrowd(cluster.Client, hot, [.. cluster.Nodes.Select(node => node.Url)]);

        var now = DateTimeOffset.UtcNow;
        var opens = await cluster.Client.CreateActiveBattle(door, "opener", end: now.AddSeconds(Due), votingEnd: now.AddHours(1));
        var ends = await cluster.Client.CreateActiveBattle(door, "closer", end: now.AddSeconds(5), votingEnd: now.AddSeconds(Due));
        var entry = await cluster.Client.SubmitEntry(door, ends, "contender");
        using var stop = new CancellationTokenSource();
        var voting = crowd.Run(workers: 16, attempts: 1, TimeSpan.FromMilliseconds(20), stop.Token);
        await Eventually.Holds("voting has begun", async () => await cluster.Client.Status(door, ends) == "voting", TimeSpan.FromSeconds(12));
        var vote = await cluster.Client.Vote(door, ends, entry, "fan");
        Assert.True(vote.Acknowledged, vote.Body);

        await Eventually.Holds("200 votes", () => crowd.Acknowledged > 200 && DateTimeOffset.UtcNow > now.AddSeconds(8), TimeSpan.FromSeconds(20));
        await cluster.KillAll();
        Assert.True(DateTimeOffset.UtcNow < now.AddSeconds(Due), "The machine was too slow: the transitions came due before the nodes were killed.");
        await stop.CancelAsync();
        await voting;
        await Eventually.Holds("both transitions are due", () => DateTimeOffset.UtcNow > now.AddSeconds(Due + 1), TimeSpan.FromSeconds(20));

        var back = await cluster.StartAll();
        var clock = Stopwatch.StartNew();
        await Eventually.Holds("the missed start of voting", () => Listed(cluster, door, "voting", "opener", opens), TimeSpan.FromSeconds(30));
        var opened = clock.Elapsed;
        await Eventually.Holds("the missed completion", () => Listed(cluster, door, "completed", "closer", ends), TimeSpan.FromSeconds(30));
        var closed = clock.Elapsed;
        var results = await cluster.Client.Results(door, ends, TimeSpan.FromSeconds(5));
        await crowd.Clear();

        _figures.Print($"restart: all nodes ready {back.TotalSeconds:F1} s after their start; missed transitions in the lists {opened.TotalSeconds:F1} s and {closed.TotalSeconds:F1} s later");
        _figures.Print($"restart: {await Verdict.ExactResults(cluster, door, crowd, [])}");
        Assert.Equal((1, entry, 1L), results.Entries is [var line] ? (line.Rank, line.EntryId, line.Voters) : default);
        Assert.True(opened < TimeSpan.FromSeconds(5) && closed < TimeSpan.FromSeconds(5), $"Missed transitions took {opened} and {closed}.");
    }

    /// <summary>Whether the list of battles with this status has the battle: the list tells what has happened, not what is due.</summary>
    private static async Task<bool> Listed(TestCluster cluster, Uri door, string status, string creator, Guid battle)
    {
        var page = await cluster.Client.Get<JsonElement>(door, $"/api/battles?status={status}&creatorId={creator}");
        return page.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("id").GetGuid() == battle);
    }
}
