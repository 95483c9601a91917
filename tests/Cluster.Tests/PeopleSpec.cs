using System.Net;
using System.Text.Json;
using WildNOut.Testing;
using Xunit;
using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>Names are one user's, and points come once, whatever many do at once and whatever dies.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PeopleSpec(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Figures _figures = new(output);

    [Fact]
    public async Task Of_a_thousand_users_who_claim_a_name_at_once_through_three_nodes_exactly_one_bears_it()
    {
        const int Claims = 1_000;
        await using var cluster = await TestCluster.Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, Claims).Select(number => cluster.Client.SendUntilKnown(
            cluster.Nodes[number % 3].Url, HttpMethod.Patch, "/api/users/me", $"claimant-{number}", new { username = "The_One" })));

        var winner = $"claimant-{Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.OK)}";
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(Claims - 1, answers.Count(answer => answer.Status == HttpStatusCode.Conflict && answer.Body.Contains("username_taken", StringComparison.Ordinal)));
        foreach (var node in cluster.Nodes)
        {
            Assert.Equal(winner, (await cluster.Client.Get<JsonElement>(node.Url, "/api/users/the_one")).GetProperty("id").GetString());
        }

        _figures.Print($"names: {Claims} claims of one name through three nodes, borne by {winner}");
    }

    [Fact]
    public async Task Everybody_in_a_battle_is_paid_once_when_a_node_dies_while_the_results_come_about()
    {
        const int Entrants = 60;
        // Slow enough that the node dies while they are being paid.
        await using var cluster = await TestCluster.Start(hocon: "wildnout { points.brisk-deed = 0.02ms, achievements.definitions = [] }");
        var door = cluster.Nodes[0].Url;
        var battle = await cluster.Client.CreateVotingBattle(door, "payer", Entrants);
        for (var voter = 0; voter < 30; voter++)
        {
            // The first entry wins before the second and the third.
            var answer = await cluster.Client.Vote(door, battle.Id, battle.Entries[voter < 15 ? 0 : voter < 25 ? 1 : 2], $"judge-{voter}");
            Assert.True(answer.Acknowledged, answer.Body);
        }

        var completing = cluster.Client.Move(door, battle.Id, battle.Creator, "completed");
        await cluster.Nodes[2].Kill();
        Assert.InRange((await Ledger(cluster)).Sum(line => line.Times), 0, Entrants + 2);
        await completing;
        var results = await cluster.Client.Results(door, battle.Id, Patience);
        Assert.Equal(Entrants, results.Entries.Count);
        await Eventually.Holds("everybody is paid", async () => (await Ledger(cluster)).Sum(line => line.Times) >= Entrants + 3 + 30, Patience);
        await Eventually.Holds("the policies are done", () => CaughtUp(cluster), Patience);

        var ledger = await Ledger(cluster);
        Assert.All(ledger, line => Assert.Equal(1, line.Times));
        var expected = Enumerable.Range(0, Entrants).ToDictionary(n => $"payer-contender-{n}", n => 10L + (n switch { 0 => 100, 1 => 50, 2 => 25, _ => 0 }));
        foreach (var (user, points) in expected)
        {
            Assert.Equal((user, points), (user, ledger.Where(line => line.User == user).Sum(line => line.Amount)));
            var (_, body) = await cluster.Client.SendUntilKnown(door, HttpMethod.Get, "/api/users/me", user);
            using var me = JsonDocument.Parse(body);
            Assert.Equal((user, points), (user, me.RootElement.GetProperty("points").GetInt64()));
            Assert.Equal(1, me.RootElement.GetProperty("stats").GetProperty("battlesCompleted").GetInt32());
        }

        _figures.Print($"points: {Entrants} entrants and 30 voters paid once, {ledger.Count} changes of points, a node killed in the middle");
    }

    private static async Task<IReadOnlyList<(string User, string Cause, long Times, long Amount)>> Ledger(TestCluster cluster)
    {
        await using var database = Postgres.Unpooled(cluster.DatabaseUrl);
        // From the events, not from the table, which would refuse a second one.
        await using var command = database.CreateCommand(
            """
            select e -> 'data' ->> 'userId', e -> 'data' ->> 'cause', count(*), sum((e -> 'data' ->> 'amount')::bigint)::bigint
            from journal, jsonb_array_elements(convert_from(message, 'UTF8')::jsonb -> 'events') e
            where persistence_id like 'user:%' and e ->> 'type' = 'user.points-awarded.v1'
              and (e -> 'data' ->> 'userId' like 'payer-%' or e -> 'data' ->> 'userId' like 'judge-%')
            group by 1, 2
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<(string, string, long, long)>();
        while (await reader.ReadAsync())
        {
            lines.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return lines;
    }

    /// <summary>Whether the policies that pay have been through everything that there was to pay for.</summary>
    private static async Task<bool> CaughtUp(TestCluster cluster)
    {
        await using var database = Postgres.Unpooled(cluster.DatabaseUrl);
        await using var command = database.CreateCommand(
            """
            select count(*) = 2 from read_offsets where name in ('battle-deeds', 'vote-deeds')
              and position >= (select max(ordering) from journal where persistence_id like 'battle:%' or persistence_id like 'ballot-box:%')
            """);
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
