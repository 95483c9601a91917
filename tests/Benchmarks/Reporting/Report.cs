using System.Runtime.InteropServices;
using System.Text;

namespace WildNOut.Benchmarks.Reporting;

/// <summary>The table of a run, with date, machine, command and method.</summary>
internal sealed class Report(Settings settings, IReadOnlyList<string> arguments)
{
    private readonly List<Row> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>Adds a line and prints it.</summary>
    public void Add(Row row)
    {
        _rows.Add(row);
        Console.WriteLine(row.Markdown());
    }

    /// <summary>Adds a sentence and prints it.</summary>
    public void Note(string note)
    {
        _notes.Add(note);
        Console.WriteLine(note);
    }

    /// <summary>Writes the whole as Markdown to the console and, when asked for, to a file.</summary>
    public void Write()
    {
        var text = Markdown();
        Console.WriteLine();
        Console.WriteLine(text);
        if (settings.Out is { } path)
        {
            File.WriteAllText(path, text);
        }
    }

    private static string Cpu() => File.ReadLines("/proc/cpuinfo")
        .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault(RuntimeInformation.ProcessArchitecture.ToString());

    private string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"Measured {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC on {Environment.ProcessorCount} cores ({Cpu()}), "
            + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB, {RuntimeInformation.FrameworkDescription}, "
            + "PostgreSQL with fsync and synchronous_commit on; load generator, server and database share the cores.");
        text.AppendLine();
        text.AppendLine($"Command: `dotnet run -c Release --project tests/Benchmarks -- {string.Join(' ', arguments)}`");
        text.AppendLine();
        text.AppendLine($"Method: {settings.Settle.TotalSeconds:F0} s of votes on the fresh server, then closed loop over keep-alive connections, a checkpoint of the database before each line that writes, {settings.WarmUp.TotalSeconds:F0} s warm-up, {settings.Window.TotalSeconds:F0} s measured, "
            + $"{settings.Rounds} windows a line in alternation. Every reply is checked (status, battle, entry, value); only right ones count. "
            + "Each vote has a voter and a token of its own, never seen by the server before. Processor in cores: generator / server / database of machine.");
        text.AppendLine();
        text.AppendLine("| line | a second | p50 ms | p99 ms | wrong | processor | remarks |");
        text.AppendLine("|---|---:|---:|---:|---:|---|---|");
        foreach (var row in _rows)
        {
            text.AppendLine(row.Markdown());
        }

        text.AppendLine();
        foreach (var note in _notes)
        {
            text.AppendLine($"- {note}");
        }

        return text.ToString();
    }
}
