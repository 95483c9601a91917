using System.Globalization;
using WildNOut.Benchmarks.Load;

namespace WildNOut.Benchmarks.Reporting;

/// <summary>One line of the table.</summary>
/// <param name="Line">What was measured.</param>
/// <param name="Rate">Right answers a second.</param>
/// <param name="P50">The median latency in milliseconds; null where there is none.</param>
/// <param name="P99">The 99th percentile in milliseconds.</param>
/// <param name="Wrong">Answers that were not right.</param>
/// <param name="Cpu">Who used the processor.</param>
/// <param name="Remarks">What else was found.</param>
internal sealed record Row(string Line, double Rate, double? P50, double? P99, long Wrong, CpuShares Cpu, string Remarks)
{
    /// <summary>A line out of a run of the load loop.</summary>
    public static Row Of(string line, LoadResult result, string remarks)
    {
        var wrong = string.Join(", ", result.Wrong.Select(pair => $"{pair.Value}×{(pair.Key == 0 ? "no answer" : pair.Key)}"));
        var all = string.Join("; ", new[] { wrong, result.RanOut ? "ran out of voters" : "", remarks }.Where(part => part.Length > 0));
        return new Row(line, result.Rate, result.Milliseconds(50), result.Milliseconds(99), result.WrongInAll, result.Cpu, all);
    }

    /// <summary>As a line of a Markdown table.</summary>
    public string Markdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Line} | {Rate:N0} | {P50?.ToString("N1", CultureInfo.InvariantCulture) ?? "–"} | {P99?.ToString("N1", CultureInfo.InvariantCulture) ?? "–"} | {Wrong} | {Cpu.Generator:F2} / {Cpu.Server:F2} / {Cpu.Database:F2} of {Cpu.Machine:F2} | {Remarks} |");
}
