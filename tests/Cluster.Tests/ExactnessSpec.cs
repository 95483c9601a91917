using System.Net;
using WildNOut.Testing.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>Votes are exact while nodes die, leave and come back.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ExactnessSpec(ITestOutputHelper output)
{
    private const int LeastVoters = 3_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Figures _figures = new(output);

    [Fact]
    public async Task Every_acknowledged_vote_counts_once_while_one_node_is_killed_and_another_leaves_and_returns()
    {
        await using var cluster = await TestCluster.Start();
        var (stays, leaves, dies) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        var battle = await cluster.Client.CreateVotingBattle(stays.Url, "host", entries: 5);
        var crowd = new VotingCrowd(cluster.Client, battle, [stays.Url, leaves.Url, dies.Url]);
        var spare = await Outage.SpareBattles(cluster, stays.Url);
        var witnesses = await cluster.Client.CreateVotingBattle(stays.Url, "witness", entries: 1);
        using var stop = new CancellationTokenSource();
        var voting = crowd.Run(workers: 32, attempts: 3, TimeSpan.FromMilliseconds(20), stop.Token);
        var refusing = Refused(cluster, battle, stays.Url, stop.Token);

        await Eventually.Holds("the first votes", () => crowd.Acknowledged >= LeastVoters / 4, Patience);
        await dies.Kill();
        // One loss at a time: two of three nodes gone at once is a lost majority, and the last one would step down.
        await Outage.AfterKill(cluster, stays.Url, spare, witnesses);
        var (took, code) = await leaves.Terminate();
        var back = await leaves.StartAndWait();
        var known = crowd.Acknowledged;
        await Eventually.Holds("enough votes", () => crowd.Acknowledged >= Math.Max(LeastVoters, known + 500), Patience);
        await stop.CancelAsync();
        await voting;
        var refused = await refusing;

        _figures.Print($"exactness: {await Verdict.ExactResults(cluster, stays.Url, crowd, refused)}");
        _figures.Print($"exactness: {refused.Count} refused votes; SIGTERM took {took.TotalSeconds:F1} s (exit code {code}), the node was ready again after {back.TotalSeconds:F1} s");
        Assert.True(crowd.Slowest < TestCluster.LongestAnswer, $"An answer took {crowd.Slowest}.");
        Assert.DoesNotContain("timeout", crowd.Answers.Keys);
        Assert.DoesNotContain(crowd.Answers.Keys, answer => answer.StartsWith("500", StringComparison.Ordinal));
        Assert.Equal(0, code);
    }

    /// <summary>Votes that break a rule, all the while: for one's own entry, and for an entry of no battle.</summary>
    private static async Task<IReadOnlyCollection<string>> Refused(TestCluster cluster, VotingBattle battle, Uri door, CancellationToken stop)
    {
        HashSet<string> refused = [];
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var own = number % 2 == 0;
            var contender = number / 2 % battle.Entries.Count;
            var voter = own ? $"{battle.Creator}-contender-{contender}" : $"refused-{number:D5}";
            var answer = await cluster.Client.Vote(door, battle.Id, own ? battle.Entries[contender] : Guid.CreateVersion7(), voter);
            Assert.False(answer.Acknowledged, answer.Body);
            Assert.True(answer.Unknown || (int)answer.Status!.Value is >= 400 and < 500, answer.Body);
            if (answer.Status is not null and not HttpStatusCode.ServiceUnavailable)
            {
                refused.Add(voter);
            }

            await Task.Delay(50, CancellationToken.None);
        }

        return refused;
    }
}
