using WildNOut.Benchmarks.Load;
using WildNOut.Benchmarks.Reporting;
using WildNOut.Benchmarks.Workloads;

namespace WildNOut.Benchmarks.Scenarios;

/// <summary>Reads through REST.</summary>
internal sealed class ReadScenario(Arena arena, Settings settings)
{
    private const int Battles = 100;

    /// <summary>Single battles, a hundred in turn.</summary>
    public async Task<Row> Battle(string line, int connections)
    {
        var battles = await arena.CreateBattles(Battles, entries: 2);
        return Run(line, connections, [.. battles.Select(battle => ($"/api/battles/{battle.Id}", $"\"id\":\"{battle.Id}\""))]);
    }

    /// <summary>Pages of lists.</summary>
    public async Task<Row> Lists(string line, int connections)
    {
        await arena.CreateBattles(Battles, entries: 2);
        return Run(line, connections,
        [
            ("/api/battles?status=voting", "\"status\":\"voting\""),
            ("/api/battles?status=voting&limit=20&type=wildStyle", "\"status\":\"voting\""),
            ("/api/battles?limit=20", "\"items\":["),
        ]);
    }

    private Row Run(string line, int connections, IReadOnlyList<(string Path, string Expected)> reads)
    {
        using var loop = new LoadLoop(arena.Url, connections, new GetWorkload(reads, connections));
        var result = loop.Run(settings.WarmUp, settings.Window, arena.Meter);
        if (result.FirstWrong is { } wrong)
        {
            Console.WriteLine($"First wrong answer of {line}: {wrong}");
        }

        return Row.Of(line, result, "");
    }
}
