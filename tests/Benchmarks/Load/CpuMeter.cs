using System.Diagnostics;
using System.Globalization;

namespace WildNOut.Benchmarks.Load;

/// <summary>Processor time of a span, in cores (1.0 is one core fully used).</summary>
internal readonly record struct CpuShares(double Generator, double Server, double Database, double Machine);

/// <summary>Reads who uses the processor: this process, the server, the database's processes, the whole machine (Linux' /proc).</summary>
/// <param name="server">The server's process id, when it is ours to see.</param>
/// <param name="database">The process id of the database's first process.</param>
internal sealed class CpuMeter(int? server, int? database)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>One reading.</summary>
    public readonly record struct Reading(long At, double Generator, double Server, double Database, double Machine);

    /// <summary>Reads the clocks.</summary>
    public Reading Read() => new(
        Stopwatch.GetTimestamp(),
        Environment.CpuUsage.TotalTime.TotalSeconds,
        server is { } id ? Own(id) : 0,
        database is { } first ? Own(first, withEnded: true) + Children(first).Sum(child => Own(child)) : 0,
        Machine());

    /// <summary>The shares since a reading.</summary>
    public CpuShares Since(Reading before)
    {
        var now = Read();
        var seconds = Stopwatch.GetElapsedTime(before.At, now.At).TotalSeconds;
        return new(
            (now.Generator - before.Generator) / seconds,
            (now.Server - before.Server) / seconds,
            (now.Database - before.Database) / seconds,
            (now.Machine - before.Machine) / seconds);
    }

    private static double Own(int processId, bool withEnded = false)
    {
        var stat = ReadOrEmpty($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 15)
        {
            return 0;
        }

        var ticks = Number(fields[11]) + Number(fields[12]) + (withEnded ? Number(fields[13]) + Number(fields[14]) : 0);
        return ticks / TicksPerSecond;
    }

    private static IEnumerable<int> Children(int processId) =>
        ReadOrEmpty($"/proc/{processId}/task/{processId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => (int)Number(id));

    private static double Machine()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (Number(fields[1]) + Number(fields[2]) + Number(fields[3]) + Number(fields[6]) + Number(fields[7])) / TicksPerSecond;
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return string.Empty; // the process has ended meanwhile
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
