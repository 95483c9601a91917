using Xunit.Abstractions;

namespace WildNOut.Cluster.Tests;

/// <summary>Prints what a test has measured; test.sh repeats such lines at its end.</summary>
public sealed class Figures(ITestOutputHelper output)
{
    /// <summary>Prints a line.</summary>
    public void Print(string line) => output.WriteLine($"figure: {line}");
}
