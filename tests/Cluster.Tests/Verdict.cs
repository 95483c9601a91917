using Xunit;

namespace WildNOut.Cluster.Tests;

/// <summary>Completes a battle and holds its results against what voters were told and against the journal recomputed from zero.</summary>
public static class Verdict
{
    /// <summary>Completes the battle and checks that its results are exact.</summary>
    /// <param name="cluster">The nodes.</param>
    /// <param name="door">The node to ask.</param>
    /// <param name="crowd">Who voted, and what they were told.</param>
    /// <param name="refused">Voters who were refused for good.</param>
    /// <returns>One line of figures.</returns>
    public static async Task<string> ExactResults(TestCluster cluster, Uri door, VotingCrowd crowd, IReadOnlyCollection<string> refused)
    {
        var battle = crowd.Battle;
        await cluster.Client.Move(door, battle.Id, battle.Creator, "completed");
        var results = await cluster.Client.Results(door, battle.Id, TimeSpan.FromSeconds(20));
        var journal = await JournalReader.Votes(cluster.DatabaseUrl, battle.Id);
        var voters = journal.Select(vote => vote.Voter).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(journal.Count, voters.Count); // no voter counts twice
        Assert.DoesNotContain(crowd.Voters, voter => voter.Value.Acknowledged && !voters.Contains(voter.Key)); // nothing acknowledged is lost
        Assert.DoesNotContain(refused, voters.Contains); // nothing refused is counted
        Assert.DoesNotContain(voters, voter => !crowd.Voters.TryGetValue(voter, out var record) || record is { Acknowledged: false, Unknown: false });
        Assert.All(journal, vote => Assert.Equal(crowd.Voters[vote.Voter].Entry, vote.Entry));

        var recomputed = battle.Entries.ToDictionary(entry => entry, entry => journal.Where(vote => vote.Entry == entry).ToArray());
        Assert.Equal(battle.Entries.Count, results.Entries.Count);
        Assert.Equal(Enumerable.Range(1, results.Entries.Count), results.Entries.Select(line => line.Rank));
        Assert.All(results.Entries, line =>
        {
            Assert.Equal(recomputed[line.EntryId].Sum(vote => vote.Value * vote.Weight), line.Total);
            Assert.Equal(recomputed[line.EntryId].Length, line.Voters);
        });
        Assert.Equal(results.Entries.OrderByDescending(line => line.Total).ThenByDescending(line => line.Voters).Select(line => line.Total), results.Entries.Select(line => line.Total));
        return $"{crowd.Voters.Count} voters, {crowd.Acknowledged} acknowledged, {journal.Count} in the journal, {results.Entries.Sum(line => line.Voters)} in the results; "
            + $"slowest answer {crowd.Slowest.TotalSeconds:F1} s; answers: {crowd.Summary}";
    }
}
