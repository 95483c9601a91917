using System.Diagnostics;
using WildNOut.Testing.Nodes;
using Xunit;

namespace WildNOut.Cluster.Tests;

/// <summary>Measures how long the things of a killed node are away, asked through one that lives.</summary>
public static class Outage
{
    private const int Battles = 30;
    private const int Voters = 24;

    /// <summary>Battles enough to lie on every node.</summary>
    public static Task<Guid[]> SpareBattles(TestCluster cluster, Uri door) =>
        Task.WhenAll(Enumerable.Range(0, Battles).Select(number => cluster.Client.CreateActiveBattle(door, $"host-{number}")));

    /// <summary>Asks for every battle and votes in every ballot box until all have answered.</summary>
    /// <returns>When the last battle and the last vote were answered, from now.</returns>
    public static async Task<(TimeSpan Battles, TimeSpan Votes)> AfterKill(TestCluster cluster, Uri door, IReadOnlyList<Guid> battles, VotingBattle hot)
    {
        var killed = Stopwatch.GetTimestamp();
        var reads = Task.WhenAll(battles.Select(battle => Answered(killed, async () => await Failure(cluster, door, battle) is null)));
        var votes = Task.WhenAll(Enumerable.Range(0, Voters).Select(voter => Answered(killed, async () =>
            (await cluster.Client.Vote(door, hot.Id, hot.Entries[0], $"waiting-{voter}", $"key-{voter}")).Acknowledged)));
        return ((await reads).Max(), (await votes).Max());
    }

    /// <summary>Why a battle could not be read; null when it could.</summary>
    public static async Task<string?> Failure(TestCluster cluster, Uri door, Guid battle)
    {
        try
        {
            await cluster.Client.Status(door, battle);
            return null;
        }
        catch (Exception failed) when (failed is InvalidOperationException or HttpRequestException or TaskCanceledException)
        {
            return failed.Message;
        }
    }

    /// <summary>
    /// Tries anew every half second without waiting for earlier attempts, since one that was sent to the dead node waits out the gateway's
    /// whole time.
    /// </summary>
    private static async Task<TimeSpan> Answered(long since, Func<Task<bool>> attempt)
    {
        List<Task<bool>> attempts = [];
        while (!attempts.Any(tried => tried is { IsCompletedSuccessfully: true, Result: true }))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(40), "No answer for 40 s.");
            attempts.RemoveAll(tried => tried is { IsCompletedSuccessfully: true, Result: false });
            attempts.Add(attempt());
            await Task.WhenAny(Task.WhenAny(attempts), Task.Delay(TimeSpan.FromSeconds(0.5)));
        }

        var took = Stopwatch.GetElapsedTime(since);
        await Task.WhenAll(attempts);
        return took;
    }
}
