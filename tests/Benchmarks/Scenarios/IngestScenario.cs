using System.Diagnostics;
using System.Globalization;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Chain.Devnet.Serving;
using WildNOut.Chain.Devnet.Simulation;
using WildNOut.Chain.Rpc;
using WildNOut.Testing.Feeds;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>A chain with a history that lives on, read by a real server: from blocks to the rows of the read model, which must equal the chain in the end.</summary>
internal sealed class IngestScenario(Settings settings)
{
    private const int TransactionsPerBlock = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Reads the history as fast as it goes, then lives along.</summary>
    public async Task Run(Report report)
    {
        var chain = new SimulatedChain(new SimulatedChainOptions { Wallets = 2_000 });
        chain.Produce(settings.History / TransactionsPerBlock, TransactionsPerBlock);
        chain.FinalizeAll();
        await using var node = new DevnetServer(chain);
        await node.StartAsync();
        await using var arena = await Arena.Start(new Dictionary<string, string>
        {
            ["TOKEN_MINT_ADDRESS"] = chain.Options.Mint,
            ["SOLANA_RPC_URLS"] = node.Addresses.Rpc.ToString(),
            ["SOLANA_WS_URL"] = node.Addresses.WebSocket.ToString(),
            ["SOLANA_RPC_LIMIT"] = "0",
            ["SOLANA_RPC_METHOD_LIMIT"] = "0",
            ["INGEST_FROM_SLOT"] = "0",
            ["TOKEN_POOLS"] = string.Join(',', chain.Pools),
        });
        var table = new FeedTable(arena.Database!);
        report.Add(await History(chain, arena, table));
        report.Add(await Life(chain, arena, table));
    }

    private static async Task<Row> History(SimulatedChain chain, Arena arena, FeedTable table)
    {
        var ledger = chain.Ledger;
        var movements = ledger.Entries.Sum(entry => entry.Movements.Count);
        await Watch(arena, table, standing => standing.Position > 0, Patience);
        var samples = await Watch(arena, table, standing => standing.Position >= movements, Patience);
        var (first, last) = (samples[0], samples[^1]);
        var seconds = Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        var transactions = (double)ledger.Entries.Count / movements;
        var rate = (last.Position - first.Position) * transactions / seconds;
        var slowest = samples.Zip(samples.Skip(1), (one, next) => (next.Position - one.Position) * transactions / Stopwatch.GetElapsedTime(one.At, next.At).TotalSeconds).SkipLast(1).DefaultIfEmpty(rate).Min();
        return new Row(
            "ingest: a history",
            rate,
            null,
            null,
            await Differences(ledger, table),
            Shares(first, last),
            string.Create(CultureInfo.InvariantCulture, $"{ledger.Entries.Count:N0} transactions, {movements:N0} movements; slowest second {slowest:N0}; server's memory {Memory(samples)} MiB"));
    }

    /// <summary>The chain goes on in its own time; every block is timed from when it is confirmed until its rows are there.</summary>
    private async Task<Row> Life(SimulatedChain chain, Arena arena, FeedTable table)
    {
        var before = chain.Ledger.Entries.Count;
        using var stop = new CancellationTokenSource();
        var confirmed = new List<(ulong Slot, long At)>();
        var living = Live(chain, confirmed, stop.Token);
        var seen = new List<double>();
        var next = 0;
        var samples = await Watch(arena, table, standing =>
        {
            lock (confirmed)
            {
                for (; next < confirmed.Count && confirmed[next].Slot <= standing.Tip; next++)
                {
                    seen.Add(Stopwatch.GetElapsedTime(confirmed[next].At).TotalMilliseconds);
                }
            }

            return false;
        }, settings.WarmUp + settings.Window);
        await stop.CancelAsync();
        await living;
        chain.FinalizeAll();
        var ledger = chain.Ledger;
        await Watch(arena, table, standing => standing.Finalized >= ledger.Entries[^1].Slot, Patience);
        var seconds = Stopwatch.GetElapsedTime(samples[0].At, samples[^1].At).TotalSeconds;
        seen.Sort();
        return new Row(
            "ingest: a chain that lives",
            (ledger.Entries.Count - before) / seconds,
            seen.Count == 0 ? null : seen[seen.Count / 2],
            seen.Count == 0 ? null : seen[(int)(seen.Count * 0.99)],
            await Differences(ledger, table),
            Shares(samples[0], samples[^1]),
            string.Create(CultureInfo.InvariantCulture, $"{ledger.Entries.Count - before:N0} transactions at {settings.Rate:N0} a second; block confirmed → rows there; server's memory {Memory(samples)} MiB"));
    }

    private async Task Live(SimulatedChain chain, List<(ulong Slot, long At)> confirmed, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(chain.Options.SlotTime);
        var transactions = (int)(settings.Rate * chain.Options.SlotTime.TotalSeconds);
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                chain.Produce(1, transactions);
                lock (confirmed)
                {
                    confirmed.Add((chain.Slot(Commitment.Confirmed), Stopwatch.GetTimestamp()));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }
    }

    /// <summary>Looks every few milliseconds until it is enough; gives the standing once a second and at the end.</summary>
    private static async Task<IReadOnlyList<Sample>> Watch(Arena arena, FeedTable table, Func<FeedStanding, bool> enough, TimeSpan atMost)
    {
        var began = Stopwatch.GetTimestamp();
        List<Sample> samples = [];
        while (true)
        {
            var standing = await table.Standing();
            var done = enough(standing) || Stopwatch.GetElapsedTime(began) > atMost;
            if (done || samples.Count == 0 || Stopwatch.GetElapsedTime(samples[^1].At) >= TimeSpan.FromSeconds(1))
            {
                samples.Add(new Sample(Stopwatch.GetTimestamp(), standing.Position, arena.Node!.ResidentBytes(), await arena.HeapBytes(), arena.Meter.Read()));
            }

            if (done)
            {
                return samples;
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Of the process at each quarter, and the least of the managed heap within each: what stays when the dead are collected.</summary>
    private static string Memory(IReadOnlyList<Sample> samples) =>
        $"{Mebibytes(Enumerable.Range(0, 5).Select(part => samples[part * (samples.Count - 1) / 4].Resident))} MiB, its heap at the least {Mebibytes(samples.Chunk((samples.Count + 3) / 4).Select(part => part.Min(sample => sample.Heap)))}";

    private static string Mebibytes(IEnumerable<long> bytes) =>
        string.Join(" → ", bytes.Select(amount => (amount / (1024 * 1024)).ToString("N0", CultureInfo.InvariantCulture)));

    private static CpuShares Shares(Sample first, Sample last)
    {
        var seconds = Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        return new CpuShares(
            (last.Cpu.Generator - first.Cpu.Generator) / seconds,
            (last.Cpu.Server - first.Cpu.Server) / seconds,
            (last.Cpu.Database - first.Cpu.Database) / seconds,
            (last.Cpu.Machine - first.Cpu.Machine) / seconds);
    }

    /// <summary>Transactions that are missing, too many, or in the wrong place, and movements that are wrong. The order within a transaction is the decoder's.</summary>
    private static async Task<long> Differences(ChainLedger ledger, FeedTable table)
    {
        var stored = await table.Movements();
        var (order, chain) = (FeedTruth.Transactions(stored), FeedTruth.Transactions(ledger));
        var misplaced = Math.Abs(order.Count - chain.Count) + order.Zip(chain, (one, other) => one == other).Count(same => !same);
        var (found, wanted) = (FeedTruth.Movements(stored), FeedTruth.Movements(ledger));
        return misplaced + Math.Abs(found.Count - wanted.Count) + found.Zip(wanted, string.Equals).Count(same => !same);
    }

    private sealed record Sample(long At, long Position, long Resident, long Heap, CpuMeter.Reading Cpu);
}
