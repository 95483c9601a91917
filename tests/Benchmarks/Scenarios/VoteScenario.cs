using System.Diagnostics;
using System.Globalization;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Benchmarks.Workloads;
using WildNOut.Testing.Nodes;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>Votes through REST, and afterwards the proof that what was acknowledged is what counts.</summary>
internal sealed class VoteScenario(Arena arena, Settings settings)
{
    private const int MostVotesPerSecond = 34_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Measures the real server.</summary>
    public async Task<Row> Run(string line, int connections, int battleCount)
    {
        var battles = await arena.CreateBattles(battleCount, battleCount == 1 ? 8 : 2);
        var workload = new VoteWorkload(battles, Crowd(), connections);
        await arena.RestAsync();
        var projected = await ProjectedVotes();
        var clock = Stopwatch.StartNew();
        LoadResult result;
        using (var loop = new LoadLoop(arena.Url, connections, workload))
        {
            result = loop.Run(settings.WarmUp, settings.Window, arena.Meter);
        }

        var remarks = new List<string>();
        if (projected is { } before)
        {
            remarks.Add(await Projection(before, result, clock.Elapsed));
        }

        remarks.Add(await Exactness(battles, workload, result));
        if (result.FirstWrong is { } wrong)
        {
            Console.WriteLine($"First wrong answer of {line}: {wrong}");
        }

        return Row.Of(line, result, string.Join("; ", remarks));
    }

    /// <summary>Measures the plain server with the same requests.</summary>
    public Row RunPlain(string line, Uri plain, CpuMeter meter, int connections)
    {
        VotingBattle[] battles = [new(Guid.CreateVersion7(), "nobody", [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())])];
        using var loop = new LoadLoop(plain, connections, new VoteWorkload(battles, Crowd(), connections));
        return Row.Of(line, loop.Run(settings.WarmUp, settings.Window, meter), "stores nothing");
    }

    private VoterTokens Crowd() =>
        new(arena.Tokens, arena.NextCrowd(), (int)((settings.WarmUp + settings.Window).TotalSeconds * MostVotesPerSecond));

    /// <summary>How the read model kept up: rows a second while votes came in, and how long it took to have them all.</summary>
    private async Task<string> Projection(long before, LoadResult result, TimeSpan ran)
    {
        var atEnd = await ProjectedVotes() ?? 0;
        var clock = Stopwatch.StartNew();
        var all = before + result.RightInAll;
        var now = atEnd;
        while (now < all && clock.Elapsed < Patience)
        {
            await Task.Delay(100);
            now = await ProjectedVotes() ?? 0;
        }

        return now < all
            ? string.Create(CultureInfo.InvariantCulture, $"PROJECTION BEHIND: {all - now:N0} votes missing after {Patience.TotalSeconds:F0} s")
            : string.Create(CultureInfo.InvariantCulture, $"projected {(atEnd - before) / ran.TotalSeconds:N0}/s, all there {clock.Elapsed.TotalSeconds:F1} s after the last vote");
    }

    private async Task<long?> ProjectedVotes()
    {
        if (arena.Database is not { } database)
        {
            return null;
        }

        await using var command = database.CreateCommand("SELECT count(*) FROM votes");
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    private async Task<string> Exactness(IReadOnlyList<VotingBattle> battles, VoteWorkload workload, LoadResult result)
    {
        var clock = Stopwatch.StartNew();
        var faults = 0;
        long counted = 0;
        for (var i = 0; i < battles.Count; i++)
        {
            var acknowledged = workload.Acknowledged[i];
            var tally = await arena.Client.Tally(arena.Url, battles[i].Id);
            while (tally.Entries.Sum(entry => entry.Voters) < acknowledged && clock.Elapsed < Patience)
            {
                await Task.Delay(50);
                tally = await arena.Client.Tally(arena.Url, battles[i].Id);
            }

            var votes = tally.Entries.Sum(entry => entry.Voters);
            counted += votes;
            // An answer that was lost may stand for a vote that counts; without such answers the figures are equal.
            var most = acknowledged + (battles.Count == 1 || result.WrongInAll == 0 ? result.WrongInAll : long.MaxValue / 2);
            faults += votes < acknowledged || votes > most || tally.VoteCount != votes || tally.Entries.Sum(entry => entry.Total) != votes ? 1 : 0;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(faults == 0 ? "exact" : $"NOT EXACT in {faults} battles")}: {result.RightInAll:N0} acknowledged, {counted:N0} counted");
    }
}
