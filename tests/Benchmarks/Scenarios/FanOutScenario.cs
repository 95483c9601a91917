using System.Diagnostics;
using System.Globalization;
using HdrHistogram;
using WildNOut.Benchmarks.FanOut;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Testing.Nodes;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>One battle, many watching clients, 50 votes a second: a warm-up, a measured phase, and the same with a client that stops reading.</summary>
internal sealed class FanOutScenario(Arena arena, Settings settings)
{
    private const int VotesPerSecond = 50;
    private const int Entries = 8;
    private const int WarmUp = 0;
    private const int Plain = 1;
    private const int WithStalled = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Measures the two phases after the warm-up.</summary>
    public async Task Run(Report report)
    {
        var votesOfPhase = (int)settings.Window.TotalSeconds * VotesPerSecond;
        var clock = new VoteClock((int)settings.WarmUp.TotalSeconds * VotesPerSecond, votesOfPhase, votesOfPhase);
        var lean = Histograms();
        var official = Histograms();
        var battle = (await arena.CreateBattles(1, Entries))[0];
        var channel = $"battle:{battle.Id}";
        var before = arena.Node?.ResidentBytes() ?? 0;

        await using var officials = new OfficialClients();
        for (var i = 0; i < settings.Official; i++)
        {
            await officials.Add(arena.Url, arena.Tokens.For($"official-{i}"), channel, new Watcher(clock, official));
        }

        using var leans = new LeanClients(
            settings.Clients - settings.Official,
            number => new LeanConnection(arena.Url, arena.Tokens.For($"lean-{number}"), channel, new Watcher(clock, lean)));
        Watcher[] watchers = [.. officials.Watchers, .. leans.Watchers];

        await Phase(battle, clock, WarmUp, watchers);
        var first = await Phase(battle, clock, Plain, watchers);
        report.Add(Line($"fan-out: {watchers.Length:N0} clients, {VotesPerSecond} votes/s", lean[Plain], official[Plain], first, ""));

        // Subscribed like the others, then never read from again.
        using var stalled = new LeanConnection(arena.Url, arena.Tokens.For("stalled"), channel, new Watcher(clock, Histograms()), receiveBuffer: 2_048);
        var second = await Phase(battle, clock, WithStalled, watchers);
        report.Add(Line("fan-out: the same with a client that stopped reading", lean[WithStalled], official[WithStalled], second, ""));

        await arena.Client.Move(arena.Url, battle.Id, battle.Creator, "completed");
        await Settle(watchers, watcher => watcher.Results);
        report.Note(Findings(watchers, clock, before));
    }

    private static HistogramBase[] Histograms() => [Histogram(), Histogram(), Histogram()];

    private static LongConcurrentHistogram Histogram() => new(1, 60_000_000, 3);

    private static Row Line(string line, HistogramBase lean, HistogramBase official, (CpuShares Cpu, long Wrong) phase, string remarks)
    {
        var all = Histogram();
        all.Add(lean);
        all.Add(official);
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"vote sent → tally seen; official clients p99 {official.GetValueAtPercentile(99) / 1_000.0:F1} ms, slowest {all.GetMaxValue() / 1_000.0:F0} ms{remarks}");
        return new Row(line, VotesPerSecond, all.GetValueAtPercentile(50) / 1_000.0, all.GetValueAtPercentile(99) / 1_000.0, phase.Wrong, phase.Cpu, detail);
    }

    private static async Task Settle(IReadOnlyCollection<Watcher> watchers, Func<Watcher, bool> arrived)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !watchers.All(arrived))
        {
            await Task.Delay(50);
        }
    }

    /// <summary>
    /// Sends a phase's votes at an even pace and waits until all have seen them. In the course of each measured phase half the entries are judged, which no
    /// client may miss.
    /// </summary>
    private async Task<(CpuShares Cpu, long Wrong)> Phase(VotingBattle battle, VoteClock clock, int phase, Watcher[] watchers)
    {
        var (from, last) = clock.Of(phase);
        var count = last - from + 1;
        var (judged, judge) = phase switch { WarmUp => (0, 0), Plain => (0, Entries / 2), _ => (Entries / 2, Entries) };
        var before = arena.Meter.Read();
        var pace = Stopwatch.StartNew();
        List<Task<VoteAnswer>> answers = [];
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / VotesPerSecond) - pace.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var ordinal = from + i;
            clock.Sent(ordinal);
            answers.Add(arena.Client.Vote(arena.Url, battle.Id, battle.Entries[ordinal % Entries], $"fan-{arena.Url.Port}-{ordinal}"));
            if (i % Math.Max(1, count / (Entries / 2)) == 0 && judged < judge)
            {
                await arena.Client.Approve(arena.Url, battle.Entries[judged++], "fan-moderator");
            }
        }

        var wrong = (await Task.WhenAll(answers)).LongCount(answer => !answer.Acknowledged);
        var spent = arena.Meter.Since(before);
        await Settle(watchers, watcher => watcher.Votes >= last);
        return (spent, wrong);
    }

    private string Findings(IReadOnlyCollection<Watcher> watchers, VoteClock clock, long memoryBefore)
    {
        var after = arena.Node?.ResidentBytes() ?? 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Fan-out: of {watchers.Count:N0} clients {watchers.Count(watcher => watcher.Votes == clock.Votes):N0} saw the final tally of {clock.Votes:N0} votes, "
            + $"{watchers.Count(watcher => watcher.Moderations == Entries):N0} all {Entries} moderations, {watchers.Count(watcher => watcher.Results):N0} the results; "
            + $"{watchers.Sum(watcher => watcher.Messages):N0} messages, {watchers.Sum(watcher => watcher.OutOfOrder)} out of order, {watchers.Sum(watcher => watcher.Skipped)} sequence numbers passed over, "
            + $"{watchers.Sum(watcher => watcher.Reloads)} reloads, {watchers.Count(watcher => watcher.Lost)} connections lost; "
            + $"the server's memory was {memoryBefore / 1_048_576:N0} MiB before and {after / 1_048_576:N0} MiB after.");
    }
}
