using System.Diagnostics;

namespace WildNOut.Testing;

/// <summary>Runs programs.</summary>
internal static class Commands
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static Task Run(string program, params string[] arguments) => Finish(program, arguments, asPostgres: false);

    /// <summary>Runs a program to its end as the user postgres when we are root (the server refuses root), else as ourselves.</summary>
    public static Task RunAsPostgres(string program, params string[] arguments) => Finish(program, arguments, asPostgres: true);

    /// <summary>Starts a program with its standard streams in our hands.</summary>
    public static Process Open(string program, IEnumerable<string> arguments, bool asPostgres)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var line = asPostgres && Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", program, .. arguments]
            : new List<string>([program, .. arguments]);
        start.FileName = line[0];
        foreach (var argument in line.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"Could not start {program}.");
    }

    private static async Task Finish(string program, string[] arguments, bool asPostgres)
    {
        using var process = Open(program, arguments, asPostgres);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} gave {process.ExitCode}: {await output}{await error}");
        }
    }
}
