using System.Diagnostics;
using System.Globalization;
using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Benchmarks.Workloads;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>Decoding of transactions on one core, without a server.</summary>
internal sealed class DecodeScenario(Settings settings)
{
    private const int Transactions = 2_000;

    private readonly CpuMeter _meter = new(null, null);

    /// <summary>Transactions that move the token, then such that do not.</summary>
    public void Run(Report report)
    {
        var texts = new TransactionTexts();
        var decoder = new TransferDecoder(texts.Mint, [texts.Pool]);
        report.Add(Measure("decode: moves the token", decoder, texts.OfTheToken(Transactions), movements: 1));
        report.Add(Measure("decode: moves another", decoder, texts.OfOthers(Transactions), movements: 0));
    }

    private Row Measure(string line, TransferDecoder decoder, byte[][] texts, int movements)
    {
        BlockTransaction[] transactions = [.. texts.Select(text => new BlockTransaction(1, null, text))];
        _ = Loop(decoder, transactions, movements, settings.WarmUp);
        var cpu = _meter.Read();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (decoded, wrong, seconds) = Loop(decoder, transactions, movements, settings.Window);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var remarks = string.Create(
            CultureInfo.InvariantCulture,
            $"one thread; {texts.Average(text => text.Length):N0} bytes each; {(double)allocated / decoded:N0} bytes allocated each");
        return new Row(line, decoded / seconds, null, null, wrong, _meter.Since(cpu), remarks);
    }

    private static (long Decoded, long Wrong, double Seconds) Loop(TransferDecoder decoder, BlockTransaction[] transactions, int movements, TimeSpan window)
    {
        long decoded = 0, wrong = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < window)
        {
            foreach (var transaction in transactions)
            {
                wrong += decoder.Decode(transaction).Movements.Count == movements ? 0 : 1;
            }

            decoded += transactions.Length;
        }

        return (decoded, wrong, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
