using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>Prints what a test has measured, into its own output and to the console.</summary>
public sealed class Figures(ITestOutputHelper output)
{
    /// <summary>Prints a line.</summary>
    public void Print(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
